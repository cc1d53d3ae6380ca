import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '@/lib/db';
import { startWorker } from '@/lib/jobs/worker';
import { pixelsOf } from '@/prisma/seed/test-model';
import { generationTasks } from './jobs';
import { resultOf, scripted } from './testing/scripted-adapters';
import { scriptedModels } from './testing/scripted-models';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const { newPerson, newModel, startRun } = scriptedModels(db);
beforeAll(() => {
  vi.stubEnv('PUBLIC_URL', 'http://localhost:3000');
  vi.stubEnv('RUNS_AT_ONCE_PER_CREATOR', '2');
});
afterAll(() => db.close());

const stateOf = async (id: string) => (await db.prisma.generation.findUniqueOrThrow({ where: { id } })).state;

test('A creator with two models does not take every worker slot: the run of another’s model is made', async () => {
  const busy = await newPerson();
  const slow = [await newModel(busy), await newModel(busy)].map(({ version }) => version);
  const waiting: string[] = [];
  for (const version of [...slow, ...slow, ...slow]) waiting.push(await startRun(version));
  const { version: quick } = await newModel();
  const last = await startRun(quick);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const a = scripted({
    submit: async (_, { seed, receipt }) => {
      if (receipt.version !== quick) await held;
      return { kind: 'done', result: resultOf(seed, { output: pixelsOf(seed) }) };
    },
  });
  const worker = await startWorker(db, { tasks: generationTasks(db, { a }), loops: [], concurrency: 3 });
  await vi.waitFor(async () => expect(await stateOf(last)).toBe('captured'), { timeout: 15_000 });
  const states = await Promise.all(waiting.map(stateOf));
  expect(states.filter((state) => state === 'running')).toHaveLength(2);
  expect(states.filter((state) => state === 'held')).toHaveLength(4);
  letGo();
  await vi.waitFor(async () => expect(new Set(await Promise.all(waiting.map(stateOf)))).toEqual(new Set(['captured'])), { timeout: 30_000 });
  await worker.stop();
});

test('A claim reads no other runs than those it counts, by index, however many are made or were ever', async () => {
  const [{ version }, { version: busy }] = [await newModel(), await newModel()];
  const [id, ended, running] = [await startRun(version), await startRun(version), await startRun(busy)];
  await db.pool.query(`UPDATE generation SET state = 'cancelled' WHERE id = $1`, [ended]);
  await db.pool.query(`UPDATE generation SET state = 'running' WHERE id = $1`, [running]);
  const { rows } = await db.pool.query<{ column_name: string }>(`SELECT column_name FROM information_schema.columns WHERE table_name = 'generation'`);
  const others = rows.map((row) => row.column_name).filter((name) => name !== 'id' && name !== 'quote_id');
  await db.pool.query(
    `INSERT INTO generation (id, quote_id, ${others}) SELECT gen_random_uuid(), gen_random_uuid(), ${others} FROM generation, generate_series(1, 10000) WHERE id = ANY ($1)`,
    [[ended, running]],
  );
  const { pool: owner, close } = openDatabase(process.env.DATABASE_OWNER_URL ?? '');
  await owner.query('ANALYZE generation');
  const client = await owner.connect();
  await client.query('BEGIN');
  await client.query('SELECT * FROM generation_claim_set($1, $1, 8, 48)', [[id]]);
  const read = await client.query(
    `SELECT seq_scan::int AS scans, idx_tup_fetch::int AS fetched FROM pg_stat_xact_user_tables WHERE relname = 'generation'`,
  );
  await client.query('ROLLBACK');
  client.release();
  await close();
  expect(read.rows).toEqual([{ scans: 0, fetched: expect.toSatisfy((n: number) => n < 20) }]);
});
