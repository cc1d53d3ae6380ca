import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks, getBalance, listStatement } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Adapter } from '@/lib/inference/adapter';
import { localAdapter } from '@/lib/inference/local-adapter';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { pixelsOf, seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { createTestDatabase, type TestDatabase } from '@/scripts/lib/test-database';
import { cancelGeneration } from './cancel-generation';
import { getReusableSettings, listGenerations } from './queries';
import { quote } from './quote';
import { openQuote, sealQuote } from './quote-token';
import { createRunGeneration } from './run-generation';
import { startGenerations } from './start-generations';

let test: TestDatabase;
let db: ReturnType<typeof openDatabase>;
let creator: Actor;
let version: Hex;
const folder = mkdtempSync(join(tmpdir(), 'intaglio-runs-'));
process.env.STORAGE_DIR = folder;

beforeAll(async () => {
  test = await createTestDatabase();
  db = openDatabase(test.url);
  creator = await seedPerson(db, '0x00000000000000000000000000000000000000c1');
  version = (await seedTestModel(db, creator)).digest;
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
  await test.drop();
  rmSync(folder, { recursive: true });
});

async function collectorWith(millicredits: bigint): Promise<Actor> {
  const actor = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  if (millicredits > 0n) await grantCredits(db, actor, millicredits);
  return actor;
}

const settings = (count = 1) => ({ version, prompt: 'a quiet proof', params: {}, seed: '7', count });
async function start(actor: Actor, count = 1): Promise<string[]> {
  const { token } = await quote(db, actor, settings(count));
  const { quoteId } = await startGenerations(db, actor, { token });
  return (await listGenerations(db, actor, { quoteId })).map((run) => run.id);
}
const runWith = (adapter: Adapter) => createRunGeneration(db, { test: adapter });
const context = () => ({ db, signal: new AbortController().signal, attempt: 1, maxAttempts: 10 });
const stateOf = async (id: string) => (await db.prisma.generation.findUniqueOrThrow({ where: { id } })).state;

describe('starting runs', () => {
  it('holds the price, writes the runs and enqueues them together', async () => {
    const actor = await collectorWith(10_000n);
    const ids = await start(actor, 3);
    expect(ids).toHaveLength(3);
    expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '4000', heldMillicredits: '6000' });
    const { rows } = await db.pool.query(`SELECT payload ->> 'id' AS id FROM graphile_worker._private_jobs WHERE payload ->> 'id' = ANY ($1)`, [ids]);
    expect(rows).toHaveLength(3);
  });

  it('starts nothing twice for the same quote, also at the same moment and after it expired', async () => {
    const actor = await collectorWith(10_000n);
    const { token, quoteId } = await quote(db, actor, settings(2));
    const results = await Promise.all(Array.from({ length: 5 }, () => startGenerations(db, actor, { token })));
    expect(results.filter((r) => r.started)).toHaveLength(1);
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
    expect(await startGenerations(db, actor, { token })).toEqual({ quoteId, started: false });
    vi.useRealTimers();
    expect((await getBalance(db, actor)).heldMillicredits).toBe('4000');
  });

  it('starts all variations or none when credits do not suffice', async () => {
    const actor = await collectorWith(5_000n);
    const { token, quoteId } = await quote(db, actor, settings(3));
    await expect(startGenerations(db, actor, { token })).rejects.toMatchObject({ code: 'insufficient_credits' });
    expect(await listGenerations(db, actor, { quoteId })).toEqual([]);
    expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '5000', heldMillicredits: '0' });
  });

  it('gives the last credits to one of many who spend them at once', async () => {
    const actor = await collectorWith(2_000n);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => quote(db, actor, settings())));
    const results = await Promise.allSettled(tokens.map(({ token }) => startGenerations(db, actor, { token })));
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
  });

  it('gives no price for a prompt that moderation blocks, so it costs nothing and is written nowhere', async () => {
    const actor = await collectorWith(10_000n);
    await expect(quote(db, actor, { ...settings(), prompt: 'a naked child' })).rejects.toMatchObject({ code: 'prompt_blocked' });
    expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '10000', heldMillicredits: '0' });
  });

  it('refuses a quote that expired, was changed, or is somebody else’s', async () => {
    const [actor, other] = [await collectorWith(10_000n), await collectorWith(10_000n)];
    const { token } = await quote(db, actor, settings());
    await expect(startGenerations(db, other, { token })).rejects.toMatchObject({ code: 'quote_invalid' });
    const opened = openQuote(token, actor);
    const changed = { ...opened, runs: opened.runs.map((run) => ({ ...run, priceMillicredits: '1' })) };
    const cheaper = Buffer.from(JSON.stringify(changed)).toString('base64url');
    await expect(startGenerations(db, actor, { token: `${cheaper}.${token.split('.')[1]}` })).rejects.toMatchObject({ code: 'quote_invalid' });
    const expired = sealQuote({ ...openQuote(token, actor), expiresAtMs: Date.now() - 1 });
    await expect(startGenerations(db, actor, { token: expired })).rejects.toMatchObject({ code: 'quote_expired' });
  });

  it('keeps seeds exact beyond 2^53 and counts up over the variations', async () => {
    const actor = await collectorWith(10_000n);
    const { token, quoteId } = await quote(db, actor, { ...settings(2), seed: '18446744073709551615' });
    await startGenerations(db, actor, { token });
    expect((await listGenerations(db, actor, { quoteId })).map((r) => r.seed)).toEqual(['18446744073709551615', '0']);
  });
});

describe('a run', () => {
  it('is captured once it is stored and attested, and pays creator and platform', async () => {
    const actor = await collectorWith(2_000n);
    const [id = ''] = await start(actor);
    await runWith(seedPixels)({ id }, context());
    expect(await stateOf(id)).toBe('captured');
    expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '0', heldMillicredits: '0' });
    const { rows } = await db.pool.query('SELECT code, amount::int FROM ledger.transfer WHERE ref = $1 ORDER BY leg', [id]);
    expect(rows).toEqual([
      { code: 'run_creator', amount: 1800 },
      { code: 'run_fee', amount: 200 },
    ]);
    expect((await listStatement(db, actor)).entries.map((e) => [e.code, e.changeMillicredits])).toEqual([
      ['run', '-2000'],
      ['grant', '2000'],
    ]);
  });

  it.each([
    ['fails', new AppError('endpoint_failed'), 'failed'],
    ['returns rubbish', null, 'failed'],
  ])('gives the credits back when the endpoint %s', async (_what, error, state) => {
    const actor = await collectorWith(2_000n);
    const [id = ''] = await start(actor);
    const rubbish = { output: { kind: 'file' as const, bytes: Buffer.from('<svg/>') } };
    await runWith(localAdapter(async () => (error ? Promise.reject(error) : rubbish)))({ id }, context());
    expect(await stateOf(id)).toBe(state);
    expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '2000', heldMillicredits: '0' });
    expect((await listStatement(db, actor)).entries[0]).toMatchObject({ code: 'released', heldMillicredits: '2000', ref: id });
  });

  it('fails as substituted when another seed was used than asked', async () => {
    const actor = await collectorWith(2_000n);
    const [id = ''] = await start(actor);
    await runWith(localAdapter(async ({ seed }) => ({ output: pixelsOf(seed), seedReported: 8n })))({ id }, context());
    expect((await db.prisma.generation.findUniqueOrThrow({ where: { id } })).errorCode).toBe('model_substituted');
  });

  it('is left to the next attempt when our side fails, and the zombie’s late capture changes nothing', async () => {
    const actor = await collectorWith(2_000n);
    const [id = ''] = await start(actor);
    let letGo: () => void = () => {};
    const blocked = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const slow = localAdapter(({ seed }) => blocked.then(() => ({ output: pixelsOf(seed) })));
    const zombie = runWith(slow)({ id }, context());
    await vi.waitFor(async () => expect(await stateOf(id)).toBe('running'));
    await runWith(seedPixels)({ id }, context());
    const work = await db.prisma.work.findUniqueOrThrow({ where: { id } });
    letGo();
    await zombie;
    expect(await db.prisma.work.findUniqueOrThrow({ where: { id } })).toEqual(work);
    expect((await db.prisma.generation.findUniqueOrThrow({ where: { id } })).attempt).toBe(2);
    await expect(runWith(localAdapter(() => Promise.reject(new Error('never called'))))({ id }, context())).resolves.toBeUndefined();
  });

  it('throws what is ours, so that the queue tries again, and stays running', async () => {
    const actor = await collectorWith(2_000n);
    const [id = ''] = await start(actor);
    await expect(runWith(localAdapter(() => Promise.reject(new Error('cable'))))({ id }, context())).rejects.toThrow('cable');
    expect(await stateOf(id)).toBe('running');
    await runWith(seedPixels)({ id }, context());
    expect(await stateOf(id)).toBe('captured');
  });

  it('expires at its deadline with nobody watching', async () => {
    const actor = await collectorWith(4_000n);
    const [waiting = '', running = ''] = await start(actor, 2);
    await db.pool.query(`UPDATE generation SET state = 'running', attempt = 1 WHERE id = $1`, [running]);
    await db.pool.query(`UPDATE generation SET deadline_at = now() - interval '1 second' WHERE id = ANY ($1)`, [[waiting, running]]);
    await runWith(seedPixels)({ id: waiting }, context());
    await db.pool.query('SELECT generation_sweep()');
    expect([await stateOf(waiting), await stateOf(running)]).toEqual(['expired', 'expired']);
    expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '4000', heldMillicredits: '0' });
  });
});

describe('cancelling', () => {
  it('ends a waiting run at once', async () => {
    const actor = await collectorWith(2_000n);
    const [id = ''] = await start(actor);
    expect(await cancelGeneration(db, actor, { id })).toEqual({ cancelled: true });
    expect(await stateOf(id)).toBe('cancelled');
    expect((await getBalance(db, actor)).availableMillicredits).toBe('2000');
    await expect(cancelGeneration(db, actor, { id })).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('asks a running one to stop', async () => {
    const actor = await collectorWith(2_000n);
    const [id = ''] = await start(actor);
    const hangs = localAdapter(
      (_request, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const run = runWith(hangs)({ id }, context());
    await vi.waitFor(async () => expect(await stateOf(id)).toBe('running'));
    expect(await cancelGeneration(db, actor, { id })).toEqual({ cancelled: false });
    await run;
    expect(await stateOf(id)).toBe('cancelled');
    expect((await getBalance(db, actor)).availableMillicredits).toBe('2000');
  });

  it('is not for somebody else, who cannot see the run either', async () => {
    const [actor, other] = [await collectorWith(2_000n), await collectorWith(0n)];
    const [id = ''] = await start(actor);
    await expect(cancelGeneration(db, other, { id })).rejects.toMatchObject({ code: 'not_found' });
    expect(await getReusableSettings(db, other, id)).toBeNull();
    expect(await getReusableSettings(db, actor, id)).toMatchObject({ prompt: 'a quiet proof', seed: '7', params: { width: 2, height: 2 } });
  });
});

describe('the database itself', () => {
  it('refuses moves that do not exist', async () => {
    const actor = await collectorWith(2_000n);
    const [id = ''] = await start(actor);
    await expect(db.pool.query(`UPDATE generation SET state = 'captured' WHERE id = $1`, [id])).rejects.toMatchObject({ code: 'GN901' });
    await expect(db.pool.query(`UPDATE generation SET price_millicredits = 1 WHERE id = $1`, [id])).rejects.toMatchObject({ code: 'GN901' });
  });
  it.each(['UPDATE ledger.transfer SET amount = 1', 'DELETE FROM ledger.transfer', `UPDATE ledger.account SET credits_posted = 1`])(
    'does not let the app’s role run %s',
    async (statement) => {
      await expect(db.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    },
  );
});
