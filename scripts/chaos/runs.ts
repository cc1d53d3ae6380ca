/**
 * Runs over an endpoint that hangs, fails, lies, answers late and dies, while workers are killed at random. All of them have to end by their
 * deadline, with nothing charged for nothing, nothing lost, nothing sent twice. `--runs N` (1000), `--seed S` repeats the choices.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from '@/lib/db';
import { quote } from '@/lib/generations/quote';
import { startGenerations } from '@/lib/generations/start-generations';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { startStack } from '../lib/stack';
import { createRandom } from './random';
import { auditRuns } from './runs/audit';
import { startHostileEndpoint, TEMPERS } from './runs/hostile-endpoint';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string' } } });
const runs = Number(values.runs);
const seed = values.seed ?? String(randomInt(2 ** 31));
const random = createRandom(seed);
const WORKERS = 3;
const COLLECTORS = 40;
const DEADLINE_S = 45;
/** The sweeper looks every two seconds, and a busy machine is slow. */
const SLACK_MS = 8_000;

console.log(`seed ${seed}`);
const dataDir = mkdtempSync(join(tmpdir(), 'intaglio-chaos-'));
const endpoint = await startHostileEndpoint((DEADLINE_S + 20) * 1000);
const stack = await startStack({ dataDir, ports: 'free', web: 'none', worker: false, chain: false, seed: false });
const storage = join(dataDir, 'storage');
const settings = {
  LOG_LEVEL: 'silent',
  STORAGE_DIR: storage,
  ENDPOINT_PRIVATE_HOSTS: new URL(endpoint.url).host,
  RUN_DEADLINE_SECONDS: String(DEADLINE_S),
};
Object.assign(process.env, stack.env, settings, { HOLD_SECONDS: '120', RUNS_AT_ONCE_PER_USER: '64', RUNS_AT_ONCE_PER_CREATOR: '200' });
const db = openDatabase(stack.env.DATABASE_URL as string, 10);
let going = true;
let kills = 0;

function startWorkerProcess(): ChildProcess {
  const args = ['--conditions=react-server', '--import', 'tsx', 'scripts/chaos/runs/worker.ts'];
  return spawn(process.execPath, args, { env: process.env, stdio: 'ignore' });
}
async function killNowAndThen(workers: ChildProcess[]): Promise<void> {
  while (going) {
    await sleep(random.between(2_000, 6_000));
    const i = random.between(0, WORKERS - 1);
    workers[i]?.kill('SIGKILL');
    if (going) workers[i] = startWorkerProcess();
    kills++;
    if (random.oneIn(4)) await endpoint.die(random.between(300, 2_000));
    // Its creator looks after it: what is tested here is what becomes of runs, not that a bad endpoint is left alone.
    await db.pool.query(`UPDATE deployment SET failures = 0, open_until = NULL`);
    await db.pool.query(`UPDATE model SET status = 'published'`);
  }
}

const creator = await seedPerson(db, '0x00000000000000000000000000000000000000c1');
const size = { type: 'integer', title: 'Size', default: 8, enum: [8] };
const parameters = { type: 'object' as const, additionalProperties: false, properties: { width: size, height: size } };
const { digest: version } = await seedTestModel(db, creator, { provider: 'hugging-face', manifest: { parameters } });
await db.prisma.deployment.updateMany({ data: { url: endpoint.url, maxRunning: 200 } });
const collectors = await Promise.all(Array.from({ length: COLLECTORS }, (_, i) => seedPerson(db, `0x${(i + 1).toString(16).padStart(40, '0')}`)));
for (const collector of collectors) await grantCredits(db, collector, 10_000_000n);
const workers = Array.from({ length: WORKERS }, startWorkerProcess);
const killing = killNowAndThen(workers);
for (let i = 0; i < runs; i++) {
  const actor = random.pick(collectors);
  const input = { version, prompt: `${random.pick([...TEMPERS])} ${i}`, params: {}, seed: null, count: 1 };
  for (let tries = 0; ; tries++) {
    try {
      await startGenerations(db, actor, await quote(db, actor, input));
      break;
    } catch (error) {
      // Left alone for its faults just now.
      if ((error as { code?: string }).code !== 'model_unavailable' || tries > 100) throw error;
      await sleep(200);
    }
  }
  await sleep(random.between(5, 60));
}
const openRuns = () => db.prisma.generation.count({ where: { state: { in: ['held', 'running'] } } });
const until = Date.now() + DEADLINE_S * 1000 + SLACK_MS;
while ((await openRuns()) > 0 && Date.now() < until) await sleep(500);
going = false;
await killing;
for (const worker of workers) worker.kill('SIGKILL');
const { wrong, totals } = await auditRuns(db, endpoint, storage, SLACK_MS);
for (const line of wrong.slice(0, 20)) console.error(line);
console.log(`${runs} runs, ${kills} workers killed: ${JSON.stringify(totals)}; ${wrong.length} contradictions. Seed ${seed}.`);
await db.close();
endpoint.close();
await stack.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(wrong.length > 0 ? 1 : 0);
