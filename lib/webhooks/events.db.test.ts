import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/actor';
import { inTransaction, openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { cancelGeneration } from '@/lib/generations/cancel-generation';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { localAdapter } from '@/lib/inference/local-adapter';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { createEndpoint } from './create-endpoint';
import { listDeliveries } from './queries';
import { WEBHOOK_EVENTS } from './schema';

const PROMPT = 'a quiet proof';
const db = openDatabase(env.DATABASE_URL);
const folder = mkdtempSync(join(tmpdir(), 'intaglio-events-'));
process.env.STORAGE_DIR = folder;
let version: string;
let actor: Actor;
let hookId: string;

beforeAll(async () => {
  version = (await seedTestModel(db, await seedPerson(db, '0x00000000000000000000000000000000000000c1'))).digest;
  actor = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  await grantCredits(db, actor, 100_000n);
  hookId = (await createEndpoint(db, actor, { url: 'https://hooks.example.com/', events: [...WEBHOOK_EVENTS] })).id;
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

async function start(count = 1): Promise<string[]> {
  const { token } = await quote(db, actor, { version, prompt: PROMPT, params: {}, seed: '7', count });
  const { quoteId } = await startGenerations(db, actor, { token });
  return (await listGenerations(db, actor, { quoteId })).map((run) => run.id);
}
const run = (id: string, adapter = seedPixels) =>
  createRunGeneration(db, { test: adapter })({ id }, { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 10 });
/** What was told of a run or its work, oldest first. */
const toldOf = async (id: string) => {
  const { deliveries } = await listDeliveries(db, actor, { webhookId: hookId });
  const read = deliveries.map(({ type, body }) => ({ type, data: JSON.parse(body).data as Record<string, unknown>, body }));
  return read.filter(({ data }) => data.generationId === id || data.workId === id).reverse();
};
const typesOf = async (id: string) => (await toldOf(id)).map(({ type }) => type);

it('each end of a run is told once, as it ended', async () => {
  const [captured = '', failed = '', cancelled = '', late = ''] = await start(4);
  await run(captured);
  await run(captured);
  await run(
    failed,
    localAdapter(() => Promise.reject(new AppError('endpoint_failed'))),
  );
  await cancelGeneration(db, actor, { id: cancelled });
  await db.pool.query(`UPDATE generation SET deadline_at = now() - interval '1 second' WHERE id = $1`, [late]);
  await db.pool.query('SELECT generation_sweep()');
  await db.pool.query('UPDATE generation SET state = state, progress_percent = 100 WHERE id = $1', [captured]);
  expect(await typesOf(captured)).toEqual(['generation.captured']);
  expect(await toldOf(failed)).toMatchObject([
    { type: 'generation.failed', data: { errorCode: 'endpoint_failed', workId: null, priceMillicredits: '2000' } },
  ]);
  expect(await toldOf(cancelled)).toMatchObject([{ type: 'generation.cancelled', data: { errorCode: 'run_cancelled' } }]);
  expect(await toldOf(late)).toMatchObject([{ type: 'generation.expired', data: { errorCode: 'run_deadline', state: 'expired' } }]);
});

it('a work is told of when it is captured, sealed, minted, and when a fork undoes the mint, and never with its prompt', async () => {
  const [id = ''] = await start();
  await run(id);
  await db.pool.query('UPDATE work SET sealed_at = now() WHERE id = $1', [id]);
  await db.pool.query(
    `INSERT INTO token (chain_id, collection, token_id, receipt_digest, content, minter, owner, block_number, block_hash, tx_hash, minted_at)
     SELECT 31337, '0xc0', '0x01', receipt_digest, content, $2, $2, 12, '0xb1', '0xf1', now() FROM work WHERE id = $1`,
    [id, actor.address],
  );
  await db.pool.query('DELETE FROM token WHERE receipt_digest = (SELECT receipt_digest FROM work WHERE id = $1)', [id]);
  const told = await toldOf(id);
  expect(told.map(({ type }) => type)).toEqual(['generation.captured', 'work.sealed', 'work.minted', 'work.mint_undone']);
  expect(told[2]?.data).toMatchObject({ workId: id, chainId: 31337, tokenId: '0x01', txHash: '0xf1', blockNumber: '12' });
  for (const { body } of told) expect(body).not.toContain(PROMPT);
});

it('a work that could not be sealed is told of as refunded', async () => {
  const [id = ''] = await start();
  await run(id);
  await db.pool.query('UPDATE work SET refunded_at = now() WHERE id = $1', [id]);
  expect(await typesOf(id)).toEqual(['generation.captured', 'work.refunded']);
});

it('what is undone with the run’s own transaction was not told', async () => {
  const [id = ''] = await start();
  const ending = inTransaction(db.pool, async (tx) => {
    await tx.query(`SELECT generation_end($1, NULL, ARRAY['held']::generation_state[], 'cancelled', 'run_cancelled')`, [id]);
    throw new Error('undone');
  });
  await expect(ending).rejects.toThrow('undone');
  expect(await toldOf(id)).toEqual([]);
  await cancelGeneration(db, actor, { id });
  expect(await typesOf(id)).toEqual(['generation.cancelled']);
});
