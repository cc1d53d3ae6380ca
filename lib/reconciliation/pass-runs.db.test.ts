import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { ASSET, openPurse } from '@/lib/credits/accounts';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { passWorld } from '@/lib/generations/testing/pass-world';
import { newId } from '@/lib/ids';
import { getIncludedRuns, wasUsed } from '@/lib/passes/included-runs';
import { refundUnsealed } from '@/lib/works/refund-unsealed';
import { seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { checkHolds } from './books/check-holds';
import { checkLedger } from './books/check-ledger';
import type { Check } from './finding';
import { asOwner } from './testing/as-owner';
import { runOne } from './testing/run-one';
import { checkPassRuns } from './works/check-pass-runs';
import { checkRefunds } from './works/check-refunds';
import { checkRuns } from './works/check-runs';

const passes = vi.hoisted(() => ({ world: null as ReturnType<typeof passWorld> | null }));
vi.mock('@/lib/passes/check-access', () => ({
  requireAccess: (...args: Parameters<ReturnType<typeof passWorld>['requireAccess']>) => passes.world?.requireAccess(...args),
}));

const db = openDatabase(process.env.DATABASE_URL ?? '');
const newPerson = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
const world = passWorld();
passes.world = world;
let creator: Actor;
let holder: Actor;
let version: string;
let passId: string;
let captured: string;

const quiet = async () => {
  for (const check of [checkLedger, checkHolds, checkRuns, checkPassRuns, checkRefunds]) expect(await runOne(db, check)).toEqual([]);
  expect(await auditBooks(db)).toEqual([]);
};

/** Plants a contradiction, makes the check, takes it out again, and makes sure that the check is quiet then. */
async function planted(check: Check, plant: string, undo: string, values: unknown[]) {
  expect(await asOwner(plant, values)).toBeGreaterThan(0);
  const findings = await runOne(db, check);
  expect(await asOwner(undo, values)).toBeGreaterThan(0);
  await quiet();
  return findings;
}

async function start(): Promise<string> {
  const { token, quoteId } = await quote(db, holder, { version, prompt: 'a proof', params: {}, seed: null, count: 1, passId });
  await startGenerations(db, holder, { token });
  return (await listGenerations(db, holder, { quoteId }))[0]?.id ?? '';
}
const run = (id: string) =>
  createRunGeneration(db, { test: seedPixels })({ id }, { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 });

/** The rows that the indexer and the creator write for a pass. */
async function writePass(id: string, includedRuns: number): Promise<void> {
  const [, collection = ''] = id.split(':');
  const place = { chainId: 31337, collection };
  await db.prisma.passCollection.create({ data: { chainId: 31337, address: collection, creatorId: creator.userId, base: 'https://here.example' } });
  const tier = { label: 'Gold', priceWei: 1, durationSeconds: 0n, refundWindowSeconds: 0, cap: 9, imageCid: 'cid', sold: 1, issued: 1 };
  await db.prisma.passTier.create({ data: { ...place, ...tier, tierId: 1, transferable: true, open: true } });
  await db.prisma.passTerms.create({ data: { ...place, tierId: 1, label: 'Gold', includedRuns } });
  const bought = { holder: holder.address, boughtAt: new Date(), payer: holder.address, priceWei: 1, blockNumber: 1n, txHash: '0x' };
  await db.prisma.passToken.create({ data: { ...place, ...bought, id, tierId: 1, tokenId: 1n } });
}

beforeAll(async () => {
  [creator, holder] = [await newPerson(), await newPerson()];
  version = (await seedTestModel(db, creator)).digest;
  passId = world.newPass(holder, { includedRuns: 5 });
  await writePass(passId, 5);
  captured = await start();
  await run(captured);
});
afterAll(async () => {
  await quiet();
  await db.close();
});

test('runs that passes paid, and one that is under way, leave nothing to say', async () => {
  await start();
  await quiet();
});

test('a run that could not be kept goes back to its pass, and one that did not is found', async () => {
  const id = await start();
  await run(id);
  const grant = world.grants.get(passId);
  if (!grant) throw new Error('no pass');
  const before = await getIncludedRuns(db.pool, grant);
  await db.pool.query(`UPDATE work SET captured_at = now() - interval '2 hours' WHERE id = $1`, [id]);
  await refundUnsealed(db);
  expect(await getIncludedRuns(db.pool, grant)).toEqual({ ...before, used: before.used - 1, left: before.left + 1 });
  expect(await wasUsed(db.pool, passId)).toBe(true);
  await quiet();
  const [taken, kept] = [`UPDATE work SET refunded_at = now() WHERE id = $1`, `UPDATE work SET refunded_at = NULL WHERE id = $1`];
  expect(await planted(checkRefunds, taken, kept, [captured])).toMatchObject([{ kind: 'wrong_refund', unit: 'runs', expected: '1', actual: '0' }]);
  expect(await planted(checkRefunds, kept, taken, [id])).toMatchObject([{ kind: 'refund_without_work', unit: 'runs', actual: '1' }]);
});

test('a run that was taken from another pass, or for nothing, is found', async () => {
  const lot = (owner: string) => `(SELECT id FROM ledger.account WHERE kind = 'pass_runs' AND owner = '${owner}')`;
  const [other] = (await db.pool.query<{ id: string }>(`SELECT ledger.open_account('pass_runs', 'another', '0', 3::smallint) AS id`)).rows;
  const hold = `(SELECT pass_hold_id FROM generation WHERE id = $1)`;
  const wrong = await planted(
    checkPassRuns,
    `UPDATE ledger.transfer SET debit_id = ${other?.id} WHERE ref = ${hold}`,
    `UPDATE ledger.transfer SET debit_id = ${lot(passId)} WHERE ref = ${hold}`,
    [captured],
  );
  expect(wrong).toMatchObject([{ kind: 'wrong_pass', subject: `run ${captured}` }]);
  const [fail, capture] = [`UPDATE generation SET state = 'failed' WHERE id = $1`, `UPDATE generation SET state = 'captured' WHERE id = $1`];
  expect((await planted(checkPassRuns, fail, capture, [captured])).map(({ kind }) => kind)).toEqual(['taken_for_nothing']);
  const audited = await planted(checkRuns, fail, capture, [captured]);
  expect(audited.map(({ kind }) => kind)).toContain('contradiction');
});

test('a run that was given as for one that came back late, and did not, is found', async () => {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT ledger.open_account('pass_runs', $1, 'back ' || (SELECT pass_hold_id FROM generation WHERE id = $2), 3::smallint, now() + interval '1 day') AS id`,
    [passId, captured],
  );
  const house = `ledger.open_account('runs_granted', 'house', '', 3::smallint)`;
  await db.pool.query(`SELECT ledger.post($1, 0, ${house}, $2, 1, 'included_back')`, [newId(), rows[0]?.id]);
  expect(await runOne(db, checkPassRuns)).toMatchObject([{ kind: 'back_for_nothing', unit: 'runs', expected: '0', actual: '1' }]);
  await asOwner(`UPDATE ledger.transfer SET code = 'correction' WHERE code = 'included_back' AND credit_id = $1`, [rows[0]?.id]);
});

test('a pass that was given more runs than its terms include is found, and so is a hold that no run has', async () => {
  const findings = await planted(
    checkPassRuns,
    `UPDATE pass_terms SET included_runs = 3 WHERE collection = $1`,
    `UPDATE pass_terms SET included_runs = 5 WHERE collection = $1`,
    [passId.split(':')[1]],
  );
  expect(findings).toMatchObject([{ kind: 'too_many_runs', unit: 'runs', expected: '3', actual: '5' }]);
  const id = newId();
  await db.pool.query(`SELECT ledger.hold_set(ARRAY[$1::uuid], ARRAY[$2::bigint], ARRAY[1::bigint], '1 minute')`, [
    id,
    await openPurse(db.pool, passId, ASSET.runs),
  ]);
  expect(await runOne(db, checkHolds)).toMatchObject([{ kind: 'without_owner', subject: `hold ${id}`, unit: 'runs', actual: '1' }]);
  await db.pool.query('SELECT ledger.release_set(ARRAY[$1::uuid])', [id]);
});
