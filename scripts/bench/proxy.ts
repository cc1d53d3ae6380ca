/**
 * What the run path adds to a direct call of the same endpoint, hold to capture, with an output of 64 px; and how much of what an endpoint
 * gives directly gets through at 64 in flight. Rounds are paired: each of ours runs right after a direct one; medians are reported.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Actor } from '@/lib/actor';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { quote } from '@/lib/generations/quote';
import { startGenerations } from '@/lib/generations/start-generations';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { startStack } from '../lib/stack';
import { benchParts } from './proxy-parts';
import { mapLimited, median, printBench } from './report';

const SERVICE_MS = 200;
const IN_FLIGHT = 64;
const ROUNDS = 5;
const SINGLE = 20;
const MANY = IN_FLIGHT * 6;

/** Starts a program of this folder and waits until what it prints matches. */
function startProgram(name: string, args: string[], ready: RegExp): Promise<{ child: ChildProcess; found: string }> {
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', `scripts/bench/${name}`, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${name} did not start`)));
    child.stdout?.on('data', (data) => {
      const match = ready.exec(String(data));
      if (match) resolve({ child, found: match[1] ?? '' });
    });
  });
}

const dataDir = mkdtempSync(join(tmpdir(), 'intaglio-bench-'));
const endpoint = await startProgram('proxy-endpoint.ts', [String(SERVICE_MS)], /port (\d+)/);
const endpointUrl = `http://127.0.0.1:${endpoint.found}`;
const stack = await startStack({ dataDir, ports: 'free', web: 'none', worker: false, chain: false, seed: false });
const storage = join(dataDir, 'storage');
const settings = { LOG_LEVEL: 'error', STORAGE_DIR: storage, ENDPOINT_PRIVATE_HOSTS: new URL(endpointUrl).host, RUNS_AT_ONCE_PER_CREATOR: '128' };
Object.assign(process.env, stack.env, settings);
const db = openDatabase(stack.env.DATABASE_URL as string, 8);
const agent = new Agent({ connections: 128 });

async function callDirectly(): Promise<void> {
  const body = JSON.stringify({ inputs: 'proof', parameters: { seed: 1 } });
  const { body: answer } = await request(endpointUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body, dispatcher: agent });
  await answer.arrayBuffer();
}

const LOOK_MS = 2;
let going = true;
const open = new Map<string, () => void>();

/** Resolves runs as they are captured; looks again and again, for all of them at once. */
async function watch(): Promise<void> {
  while (going) {
    if (open.size > 0) {
      const { rows } = await db.pool.query<{ id: string }>(`SELECT id FROM generation WHERE id = ANY ($1) AND state = 'captured'`, [
        [...open.keys()],
      ]);
      for (const { id } of rows) {
        open.get(id)?.();
        open.delete(id);
      }
    }
    await sleep(LOOK_MS);
  }
}

type Prepared = { actor: Actor; token: string };
async function prepare(actor: Actor, version: string): Promise<Prepared> {
  const { token } = await quote(db, actor, { version, prompt: 'proof', params: {}, seed: null, count: 1 });
  return { actor, token };
}

/** From the hold to the capture. */
async function callThroughUs({ actor, token }: Prepared): Promise<void> {
  const { runs } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { runs: { id: string }[] };
  const done = new Promise<void>((resolve) => open.set(runs[0]?.id ?? '', resolve));
  await startGenerations(db, actor, { token });
  await done;
}

async function latencies(call: (i: number) => Promise<void>): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < SINGLE; i++) {
    const started = performance.now();
    await call(i);
    all.push(performance.now() - started);
  }
  return all.sort((a, b) => a - b);
}
async function perSecond(call: (i: number) => Promise<void>): Promise<number> {
  const started = performance.now();
  await mapLimited(Array.from({ length: MANY }), IN_FLIGHT, (_, i) => call(i));
  return (MANY * 1000) / (performance.now() - started);
}
const p99 = (sorted: number[]) => sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;

try {
  const creator = await seedPerson(db, '0x00000000000000000000000000000000000000c1');
  const size = { type: 'integer', title: 'Size', default: 64, enum: [64] };
  const parameters = { type: 'object' as const, additionalProperties: false, properties: { width: size, height: size } };
  const { digest } = await seedTestModel(db, creator, { provider: 'hugging-face', manifest: { parameters } });
  await db.prisma.deployment.updateMany({ where: { versionDigest: digest }, data: { url: endpointUrl, maxRunning: 128 } });
  const collectors = await Promise.all(Array.from({ length: IN_FLIGHT }, (_, i) => seedPerson(db, `0x${(i + 1).toString(16).padStart(40, '0')}`)));
  for (const collector of collectors) await grantCredits(db, collector, 10_000_000n);
  const worker = await startProgram('proxy-worker.ts', [], /worker ready/);
  const watching = watch();
  const prepared = (count: number) => Promise.all(Array.from({ length: count }, (_, i) => prepare(collectors[i % IN_FLIGHT] as Actor, digest)));
  const rounds: { p50: [number, number]; p99: [number, number]; rate: [number, number] }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const [single, many] = [await prepared(SINGLE), await prepared(MANY)];
    const [direct, through] = [await latencies(callDirectly), await latencies((i) => callThroughUs(single[i] as Prepared))];
    const rate: [number, number] = [await perSecond(callDirectly), await perSecond((i) => callThroughUs(many[i] as Prepared))];
    const result = { p50: [median(direct), median(through)] as [number, number], p99: [p99(direct), p99(through)] as [number, number], rate };
    // The first round warms caches and compilers.
    if (round > 0) rounds.push(result);
    const [a, b] = result.p50;
    console.error(
      `round ${round}: ${a.toFixed(1)} ms directly, ${b.toFixed(1)} ms through us; ${rate[0].toFixed(0)}/s directly, ${rate[1].toFixed(0)}/s through us`,
    );
  }
  going = false;
  await watching;
  worker.child.removeAllListeners('exit').kill();
  const contradictions = await auditBooks(db);
  if (contradictions.length > 0) throw new Error(`books: ${JSON.stringify(contradictions)}`);
  const overhead = (of: 'p50' | 'p99') => median(rounds.map((r) => r[of][1] - r[of][0]));
  printBench('proxy', [
    { what: 'overhead.p50Ms', ours: overhead('p50'), baseline: median(rounds.map((r) => r.p50[0])), unit: 'ms' },
    { what: 'overhead.p99Ms', ours: overhead('p99'), baseline: median(rounds.map((r) => r.p99[0])), unit: 'ms' },
    { what: 'throughput.64', ours: median(rounds.map((r) => r.rate[1])), baseline: median(rounds.map((r) => r.rate[0])), unit: 'runs/s' },
    ...(await benchParts()),
  ]);
} finally {
  endpoint.child.removeAllListeners('exit').kill();
  await agent.close();
  await db.close();
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);
