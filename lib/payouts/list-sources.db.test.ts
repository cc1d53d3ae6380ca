import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openAccount } from '@/lib/credits/accounts';
import { postTransfer } from '@/lib/credits/post-transfer';
import { auditBooks } from '@/lib/credits/queries';
import { refundCapture } from '@/lib/credits/refund-capture';
import { inTransaction, openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { seedTestModel } from '@/prisma/seed/test-model';
import { listSources, sourcesSql } from './list-sources';
import { matureEarnings } from './mature-earnings';
import { requestPayout } from './request-payout';
import { earn, newcomer } from './testing/earn';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const today = () => new Date().toISOString().slice(0, 10);
let creator: Actor;

beforeAll(async () => {
  creator = await newcomer(db);
});
afterAll(async () => {
  expect((await auditBooks(db)).filter(({ what }) => !what.startsWith('run'))).toEqual([]);
  await db.close();
});

/** A captured run of a model of its own; its money moves by `earn`. */
async function run(of: Actor, slug: string): Promise<string> {
  const known = await db.prisma.model.findUnique({ where: { slug }, include: { versions: { include: { deployments: true } } } });
  const version = known?.versions[0]?.digest ?? (await seedTestModel(db, of, { slug, manifest: { name: slug } })).digest;
  const { id: deployment } = await db.prisma.deployment.findFirstOrThrow({ where: { versionDigest: version } });
  const id = newId();
  await db.pool.query(
    `INSERT INTO generation (id, quote_id, ordinal, user_id, version_digest, deployment_id, state, prompt, prompt_salt, prompt_hash, seed, params_text,
       params_hash, parent, price_millicredits, fee_millicredits, creator_id, mint_price_wei, deadline_at)
     VALUES ($1, $1, 0, $2, $3, $4, 'captured', '', '', '', '0', '{}', '', '', 1, 0, $2, 0, now())`,
    [id, of.userId, version, deployment],
  );
  return id;
}

const sources = async (of = creator, day = today()) =>
  (await listSources(db, of, { fromDay: day, toDay: day })).map(({ kind, modelName, millicredits, runs }) => [kind, modelName, millicredits, runs]);

test('a day is told by source: fees by model, shares of derivatives, refunds and disputes below zero', async () => {
  const card = { paidWith: 'card', day: today() } as const;
  await earn(db, creator, { millicredits: 1_000n, run: await run(creator, 'plate'), ...card });
  await earn(db, creator, { millicredits: 2_000n, run: await run(creator, 'plate') });
  const { run: refunded } = await earn(db, creator, { millicredits: 4_000n, run: await run(creator, 'etching'), ...card });
  await earn(db, creator, { millicredits: 300n, run: await run(await newcomer(db), 'remix'), code: 'run_parent' });
  await inTransaction(db.pool, (tx) => refundCapture(tx, { capture: refunded, ref: newId() }));
  const pending = await openAccount(db.pool, 'creator_pending', creator.userId, { sub: today() });
  const credit = await openAccount(db.pool, 'dispute_reserve', 'house', { sub: 'p' });
  await postTransfer(db.pool, { ref: newId(), debit: pending, credit, amountMillicredits: 500n, code: 'dispute_hold' });
  expect(await sources()).toEqual([
    ['dispute', null, '-500', 0],
    ['refund', null, '-4000', 0],
    ['run', 'etching', '4000', 1],
    ['run', 'plate', '3000', 2],
    ['share', 'remix', '300', 1],
  ]);
});

test('moving between one’s own accounts is no earning: maturing, a payout and its return', async () => {
  const mover = await newcomer(db);
  await earn(db, mover, { millicredits: 1_000_000n, paidWith: 'card', day: '2026-01-01', run: await run(mover, 'mover') });
  const before = await sources(mover);
  await matureEarnings(db, 30);
  await requestPayout(db, mover, { id: newId(), credits: 1_000, rail: 'connect' }, async () => 'acct');
  expect(await sources(mover)).toEqual(before);
  expect(before).toEqual([['run', 'mover', '1000000', 1]]);
});

test('a span holds its days and no others, and nobody sees another’s', async () => {
  expect(await sources(creator, '2020-01-01')).toEqual([]);
  expect(await sources(await newcomer(db))).toEqual([]);
});

test('the ledger is read by index, by account and time', async () => {
  const client = await db.pool.connect();
  await client.query('SET enable_seqscan = off'); // the few rows of a test would be read without it
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sourcesSql}`, [creator.userId, today(), today()]);
  client.release(true);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).not.toContain('Seq Scan on transfer');
  expect(plan).toContain('transfer_credit');
  expect(plan).toContain('transfer_debit');
});
