import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from '@/lib/passes/chain-handlers';
import { buyPass, openPasses, person, setRule, testTier, untilHeadIsAsked } from '@/lib/passes/testing/pass-fixture';
import { quote } from './quote';
import { startGenerations } from './start-generations';

const instances = [openDatabase(process.env.DATABASE_URL ?? ''), openDatabase(process.env.DATABASE_URL ?? '')] as const;
const [db] = instances;
const PER_MINUTE = 5;
let version: Hex;
let who: Actor;
let passId: string;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  const passes = await openPasses(db, 'gated', [testTier('Slow', { terms: { includedRuns: 90, ratePerMinute: PER_MINUTE } })]);
  version = (await db.prisma.modelVersion.findFirstOrThrow()).digest as Hex;
  await setRule(db, passes, { kind: 'pass' });
  passId = await buyPass(passes, 1);
  await testChain.mine(2);
  await createIndexer({ handlers: chainHandlers }).run(db);
  await untilHeadIsAsked();
  who = await person(db, 1);
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await Promise.all(instances.map((one) => one.close()));
});

const ask = (count = 1) => quote(db, who, { version, prompt: 'a quiet proof', params: {}, seed: null, count });
const runs = () => db.prisma.generation.count({ where: { passId } });

test('a pass starts as many runs a minute as its tier says, all instances together; what is refused or sent again is not counted', async () => {
  const tokens = await Promise.all(Array.from({ length: 16 }, async () => (await ask()).token));
  const results = await Promise.allSettled(tokens.map((token, i) => startGenerations(instances[i % 2] as typeof db, who, { token })));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(PER_MINUTE);
  expect(await runs()).toBe(PER_MINUTE);
  const [refused] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused).toMatchObject({ code: 'rate_limited', details: { policy: 'tier', quota: PER_MINUTE, retryAfterMs: expect.any(Number) } });
  const counted = await db.pool.query(`SELECT points FROM rate_limit WHERE key = 'gateway:tier:' || $1`, [passId]);
  expect(counted.rows).toEqual([{ points: PER_MINUTE }]);
  // Sent again, those that started are what they were.
  const started = tokens.filter((_, i) => results[i]?.status === 'fulfilled');
  expect(await startGenerations(db, who, { token: started[0] ?? '' })).toMatchObject({ started: false });

  await db.pool.query(`UPDATE rate_limit SET expire = expire - 60001 WHERE key = 'gateway:tier:' || $1`, [passId]);
  await startGenerations(db, who, { token: (await ask(3)).token });
  await expect(startGenerations(db, who, { token: (await ask(3)).token })).rejects.toMatchObject({ code: 'rate_limited' });
  await startGenerations(db, who, { token: (await ask(2)).token });
  expect(await runs()).toBe(2 * PER_MINUTE);
});

test('what no minute allows is refused with the price', async () => {
  await db.pool.query('UPDATE pass_terms SET rate_per_minute = 1');
  await expect(ask(2)).rejects.toMatchObject({ code: 'invalid_input', message: 'With this pass you can start 1 in a minute, and no more.' });
});
