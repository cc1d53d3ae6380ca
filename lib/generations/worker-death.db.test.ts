import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { beat, reclaimJobs } from '@/lib/jobs/heartbeat';
import { startWorker } from '@/lib/jobs/worker';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { createTestDatabase, type TestDatabase } from '@/scripts/lib/test-database';
import { generationTasks } from './jobs';
import { quote } from './quote';
import { startGenerations } from './start-generations';

let test: TestDatabase;
let db: ReturnType<typeof openDatabase>;
let collector: Actor;
let version: string;
let child: ChildProcess | undefined;
const folder = mkdtempSync(join(tmpdir(), 'intaglio-worker-'));
process.env.STORAGE_DIR = folder;

beforeAll(async () => {
  test = await createTestDatabase();
  db = openDatabase(test.url);
  version = (await seedTestModel(db, await seedPerson(db, '0x00000000000000000000000000000000000000c1'))).digest;
  collector = await seedPerson(db, '0x00000000000000000000000000000000000000d1');
  await grantCredits(db, collector, 100_000n);
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await db.close();
  await test.drop();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<string> {
  const { token, quoteId } = await quote(db, collector, { version, prompt: '', params: {}, seed: null, count: 1 });
  await startGenerations(db, collector, { token });
  return (await db.prisma.generation.findFirstOrThrow({ where: { quoteId } })).id;
}
const stateOf = async (id: string) => (await db.prisma.generation.findUniqueOrThrow({ where: { id } })).state;

async function startHangingWorker(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/generations/testing/hanging-worker.ts'], {
    env: { ...process.env, DATABASE_URL: test.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) => worker.stdout?.on('data', (data) => String(data).includes('worker ready') && resolve()));
  return worker;
}

it('takes over the run of a worker that was killed within 35 seconds, and charges once', async () => {
  child = await startHangingWorker();
  const id = await start();
  await vi.waitFor(async () => expect(await stateOf(id)).toBe('running'), { timeout: 10_000 });
  await vi.waitFor(async () => expect(await db.prisma.workerHeartbeat.count()).toBe(1), { timeout: 10_000 });
  child.kill('SIGKILL');
  const killedAt = Date.now();
  const worker = await startWorker(db, { tasks: generationTasks(db, { test: seedPixels }), loops: [], concurrency: 2 });
  await vi.waitFor(async () => expect(await stateOf(id)).toBe('captured'), { timeout: 40_000, interval: 100 });
  expect(Date.now() - killedAt).toBeLessThanOrEqual(35_000);
  await worker.stop();
  expect((await db.prisma.generation.findUniqueOrThrow({ where: { id } })).attempt).toBe(2);
  expect(await auditBooks(db)).toEqual([]);
});

it('leaves the jobs of the living alone, and frees those of a pool that never said it lived', async () => {
  await start();
  await db.pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_by = 'pool-living', locked_at = now() - interval '1 hour' WHERE locked_by IS NULL`,
  );
  await beat(db.pool, 'pool-living');
  expect(await reclaimJobs(db.pool)).toEqual([]);
  await db.pool.query(`DELETE FROM worker_heartbeat`);
  expect(await reclaimJobs(db.pool)).toEqual(['pool-living']);
  const { rows } = await db.pool.query('SELECT count(*)::int AS locked FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL');
  expect(rows[0].locked).toBe(0);
});
