/**
 * Ledger calls a second (a hold or a capture, with their bucket legs; no queue) from the app's own code, beside pgbench's simple-update
 * (16 clients, prepared, fsync on) on the same server in the same run. Rounds are paired: each load runs right after a baseline of its
 * own, and the pair with the median ratio is reported. CPU is what the server's processes used for a call, and for a simple-update.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { startStack } from '../lib/stack';
import { type Load, prepareMarket, runLoad } from './ledger-load';
import { median, printBench } from './report';
import { serverCpuMs } from './server-cpu';
import { prepareSimpleUpdate, vacuum } from './simple-update';

const ROUNDS = 5;
const SECONDS = 4;
const loads: Record<string, Load> = {
  'spread.64': { callers: 64, seconds: SECONDS, creators: 'many' },
  'hot.64': { callers: 64, seconds: SECONDS, creators: 'one' },
  'hot.16': { callers: 16, seconds: SECONDS, creators: 'one' },
  'hot.1': { callers: 1, seconds: SECONDS, creators: 'one' },
};

type Round = { ours: number; baseline: number; p99Ms: number; baselineP99Ms: number; cpuMs: number; baselineCpuMs: number };

const dataDir = mkdtempSync(join(tmpdir(), 'intaglio-bench-'));
const stack = await startStack({ dataDir, ports: 'free', web: 'none', worker: false, chain: false, seed: false });
Object.assign(process.env, stack.env, { LOG_LEVEL: 'error' });
const db = openDatabase(stack.env.DATABASE_URL as string, 8);
const cpu = () => serverCpuMs(dataDir) ?? 0;
try {
  const simpleUpdate = await prepareSimpleUpdate(stack.env.DATABASE_OWNER_URL as string);
  console.error(`simple-update by ${simpleUpdate.by}`);
  const market = await prepareMarket(db);
  await vacuum(stack.env.DATABASE_OWNER_URL as string);
  const rounds: Record<string, Round[]> = {};
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, load] of Object.entries(loads)) {
      const [before, base, between] = [cpu(), await simpleUpdate.run(SECONDS), cpu()];
      const ours = await runLoad(db, market, load);
      const result = {
        ours: ours.perSecond,
        baseline: base.perSecond,
        p99Ms: ours.p99Ms,
        baselineP99Ms: base.p99Ms,
        cpuMs: (cpu() - between) / ours.calls,
        baselineCpuMs: (between - before) / (base.perSecond * SECONDS),
      };
      // The first round warms caches and compilers.
      if (round > 0) rounds[name] = [...(rounds[name] ?? []), result];
      console.error(
        `round ${round} ${name}: ${ours.perSecond.toFixed(0)} calls/s, ${result.p99Ms.toFixed(1)} ms p99, ${result.cpuMs.toFixed(3)} ms CPU; ` +
          `simple-update ${base.perSecond.toFixed(0)}/s, ${result.baselineCpuMs.toFixed(3)} ms CPU`,
      );
    }
  }
  const contradictions = await auditBooks(db);
  if (contradictions.length > 0) throw new Error(`books: ${JSON.stringify(contradictions)}`);
  const of = (name: string, field: keyof Round) => median((rounds[name] ?? []).map((round) => round[field]));
  // The pair with the median ratio: the machine changes its speed between rounds, and only what ran side by side compares.
  const calls = (name: string) => {
    const pairs = [...(rounds[name] ?? [])].sort((a, b) => a.ours / a.baseline - b.ours / b.baseline);
    const { ours = 0, baseline = 0 } = pairs[Math.floor(pairs.length / 2)] ?? {};
    return { what: `calls.${name}`, ours, baseline, unit: 'calls/s' };
  };
  printBench('ledger', [
    ...Object.keys(loads).map(calls),
    { what: 'p99.hot.64Ms', ours: of('hot.64', 'p99Ms'), baseline: of('hot.64', 'baselineP99Ms'), unit: 'ms' },
    { what: 'cpu.callMs', ours: of('hot.64', 'cpuMs'), baseline: of('hot.64', 'baselineCpuMs'), unit: 'ms' },
  ]);
} finally {
  await db.close();
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
