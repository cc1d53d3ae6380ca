/*
 * What the gateway's doors cost: calls a second at 64 in flight, and the time of a call at 4 in flight, beside a route handler that does nothing
 * (/api/health), by the same server, in turns. `/api/v1/me` does nothing either but say who was let in. Two cores carry server, database and the
 * load itself. `added` is the door's time less the bare handler's, of paired rounds; its baseline is the bare handler's own time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signRequest } from '@slicekit/erc8128';
import { Pool } from 'undici';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { openDatabase } from '@/lib/db';
import { createKey } from '@/lib/gateway/keys/create-key';
import { seedPerson } from '@/prisma/seed/people';
import { startStack } from '../lib/stack';
import { type Load, load, type Target } from './gateway-load';
import { mapLimited, median, printBench } from './report';

const ROUNDS = 5;
const KEYS = 40;
const SIGNED = 1_500;
const BUSY = { inFlight: 64, seconds: 4 };
const CALM = { inFlight: 4, seconds: 2 };
const bare: Target = { path: '/api/health', headers: () => ({}) };

/** Each caller from an address of their own, so that no limit is met: the load is of many. */
const addressOf = (call: number) => `10.${(call >> 16) & 255}.${(call >> 8) & 255}.${call & 255}`;

async function keyTarget(db: ReturnType<typeof openDatabase>, round: number): Promise<Target> {
  const secrets: string[] = [];
  await mapLimited(Array.from({ length: KEYS }), 8, async (_, i) => {
    const owner = await seedPerson(db, `0x${(round * KEYS + i + 1).toString(16).padStart(40, '0')}`);
    const terms = {
      name: 'Bench',
      scopes: ['read' as const],
      models: [],
      passId: null,
      capTotal: null,
      capDay: null,
      capMonth: null,
      expiresAt: null,
    };
    secrets.push((await createKey(db, { ...owner, sessionId: 'none' }, terms)).secret);
  });
  return {
    path: '/api/v1/me',
    headers: (call) => ({ authorization: `Bearer ${secrets[call % KEYS]}`, 'x-forwarded-for': addressOf(call % (KEYS * 20)) }),
  };
}

/** Signed before it is timed: signing is the caller's work, and each signature is good once, for a minute. */
async function signedTarget(web: string, chainId: number): Promise<Target & { calls: number }> {
  const accounts = Array.from({ length: KEYS }, () => privateKeyToAccount(generatePrivateKey()));
  const signed: Record<string, string>[] = [];
  for (let i = 0; i < SIGNED; i++) {
    const account = accounts[i % KEYS] as (typeof accounts)[number];
    const signer = { chainId, address: account.address, signMessage: (raw: Uint8Array) => account.signMessage({ message: { raw } }) };
    const { headers } = await signRequest(`${web}/api/v1/me`, { method: 'GET' }, signer);
    signed.push({ ...Object.fromEntries(headers), 'x-forwarded-for': addressOf(i % (KEYS * 20)) });
  }
  return { path: '/api/v1/me', headers: (call) => signed[call] as Record<string, string>, calls: SIGNED };
}

type Round = Record<'bareBusy' | 'keyBusy' | 'signedBusy' | 'bareCalm' | 'keyCalm' | 'signedCalm', Load>;

const dataDir = mkdtempSync(join(tmpdir(), 'intaglio-bench-'));
const stack = await startStack({ dataDir, ports: 'free', web: 'build', worker: false, chain: true, seed: false });
const db = openDatabase(stack.env.DATABASE_URL as string, 8);
const pool = new Pool(stack.urls.web, { connections: 64, pipelining: 1 });
try {
  const rounds: Round[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const key = await keyTarget(db, i);
    const round: Partial<Round> = { bareBusy: await load(pool, bare, BUSY), keyBusy: await load(pool, key, BUSY) };
    round.bareCalm = await load(pool, bare, CALM);
    round.keyCalm = await load(pool, key, CALM);
    const busy = await signedTarget(stack.urls.web, 31_337);
    round.signedBusy = await load(pool, busy, { ...BUSY, calls: busy.calls });
    const calm = await signedTarget(stack.urls.web, 31_337);
    round.signedCalm = await load(pool, calm, { ...CALM, calls: calm.calls });
    // The first warms compilers and caches.
    if (i > 0) rounds.push(round as Round);
    console.error(
      `round ${i}:`,
      Object.fromEntries(Object.entries(round).map(([name, of]) => [name, `${of.perSecond.toFixed(0)}/s ${of.p50Ms.toFixed(1)} ms`])),
    );
  }
  const mid = (of: (round: Round) => number) => median(rounds.map(of));
  /** Of the round whose ratio is the median: machines change their speed within a minute. */
  const busy = (door: 'keyBusy' | 'signedBusy') => {
    const pairs = rounds.map((round) => ({ ours: round[door].perSecond, baseline: round.bareBusy.perSecond }));
    return pairs.sort((a, b) => a.ours / a.baseline - b.ours / b.baseline)[Math.floor(pairs.length / 2)] as (typeof pairs)[number];
  };
  const calm = (at: 'p50Ms' | 'p99Ms') => ({
    ours: mid(({ keyCalm, bareCalm }) => keyCalm[at] - bareCalm[at]),
    baseline: mid(({ bareCalm }) => bareCalm[at]),
  });
  printBench('gateway', [
    { what: 'throughput', ...busy('keyBusy'), unit: 'requests/s' },
    { what: 'added.p50Ms', ...calm('p50Ms'), unit: 'ms' },
    { what: 'added.p99Ms', ...calm('p99Ms'), unit: 'ms' },
    { what: 'signed.throughput', ...busy('signedBusy'), unit: 'requests/s' },
    { what: 'signed.p50Ms', ours: mid(({ signedCalm }) => signedCalm.p50Ms), baseline: calm('p50Ms').baseline, unit: 'ms' },
  ]);
} finally {
  await pool.close();
  await db.close();
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
