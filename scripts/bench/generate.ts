/**
 * Generations a second through the whole run path, quote to capture, with a model that does nothing, beside the bare job library
 * (its defaults, concurrency 8, one completion a job) on the same database in the same run. Both sides are timed from the first
 * submission to the last completion. Rounds are paired; the medians are reported.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import type { Actor } from '@/lib/actor';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { generationTasks } from '@/lib/generations/jobs';
import { quote } from '@/lib/generations/quote';
import { startGenerations } from '@/lib/generations/start-generations';
import { startWorker } from '@/lib/jobs/worker';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { startStack } from '../lib/stack';
import { mapLimited, median, printBench } from './report';

const ROUNDS = 5;
const RUNS = 800;
const JOBS = 2_000;
const COLLECTORS = 64;
const SUBMITTERS = 16;
const CONCURRENCY = 16;

async function benchLibrary(url: string): Promise<number> {
  let done = 0;
  const quiet = new Logger(() => () => {});
  const utils = await makeWorkerUtils({ connectionString: url, logger: quiet });
  const runner = await run({
    connectionString: url,
    concurrency: 8,
    noHandleSignals: true,
    logger: quiet,
    taskList: { noop: async () => void done++ },
  });
  const started = performance.now();
  await mapLimited(Array.from({ length: JOBS }), SUBMITTERS, () => utils.addJob('noop', {}));
  while (done < JOBS) await sleep(2);
  const perSecond = (JOBS * 1000) / (performance.now() - started);
  await runner.stop();
  await utils.release();
  return perSecond;
}

async function benchRunPath(db: ReturnType<typeof openDatabase>, collectors: Actor[], version: string): Promise<number> {
  const worker = await startWorker(db, {
    tasks: generationTasks(db, { test: seedPixels }),
    loops: [],
    concurrency: CONCURRENCY,
    localQueue: CONCURRENCY * 2,
  });
  const before = await db.prisma.generation.count({ where: { state: 'captured' } });
  const started = performance.now();
  await mapLimited(Array.from({ length: RUNS }), SUBMITTERS, async (_, i) => {
    const actor = collectors[i % COLLECTORS] as Actor;
    const { token } = await quote(db, actor, { version, prompt: `proof ${i}`, params: {}, seed: null, count: 1 });
    await startGenerations(db, actor, { token });
  });
  while ((await db.prisma.generation.count({ where: { state: 'captured' } })) < before + RUNS) await sleep(5);
  const perSecond = (RUNS * 1000) / (performance.now() - started);
  await worker.stop();
  return perSecond;
}

const dataDir = mkdtempSync(join(tmpdir(), 'intaglio-bench-'));
const stack = await startStack({ dataDir, ports: 'free', web: 'none', worker: false, chain: false, seed: false });
Object.assign(process.env, stack.env, { LOG_LEVEL: 'error', STORAGE_DIR: join(dataDir, 'storage') });
const url = stack.env.DATABASE_URL as string;
const db = openDatabase(url, 20);
try {
  const creator = await seedPerson(db, '0x00000000000000000000000000000000000000c1');
  const { digest } = await seedTestModel(db, creator);
  const collectors = await Promise.all(Array.from({ length: COLLECTORS }, (_, i) => seedPerson(db, `0x${(i + 1).toString(16).padStart(40, '0')}`)));
  for (const collector of collectors) await grantCredits(db, collector, 10_000_000n);
  const pairs: { ours: number; baseline: number }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = { baseline: await benchLibrary(url), ours: await benchRunPath(db, collectors, digest) };
    // The first round warms caches and compilers.
    if (round > 0) pairs.push(pair);
    console.error(`round ${round}: run path ${pair.ours.toFixed(0)}/s, bare library ${pair.baseline.toFixed(0)}/s`);
  }
  const contradictions = await auditBooks(db);
  if (contradictions.length > 0) throw new Error(`books: ${JSON.stringify(contradictions)}`);
  printBench('generate', [
    { what: 'run-path', ours: median(pairs.map((p) => p.ours)), baseline: median(pairs.map((p) => p.baseline)), unit: 'generations/s' },
  ]);
} finally {
  await db.close();
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
