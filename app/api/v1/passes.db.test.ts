import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionActor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { exampleModel } from '@/lib/gateway/docs/example-model';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from '@/lib/passes/chain-handlers';
import { readPassId } from '@/lib/passes/pass-id';
import { buyPass, givePass, openPasses, type Passes, person, setRule, testTier, untilHeadIsAsked } from '@/lib/passes/testing/pass-fixture';
import { seedTestModel } from '@/prisma/seed/test-model';
import { serveGateway } from './testing/gateway';
import { newKey } from './testing/house';

const db = openDatabase(process.env.DATABASE_URL ?? '');
let passes: Passes;
let server: Awaited<ReturnType<typeof serveGateway>>;
const settings = { model: 'gated', prompt: 'a quiet proof' };

beforeAll(async () => {
  server = await serveGateway();
  process.env.PUBLIC_URL = server.origin;
  await deployToTestChain((await platformSigner(db)).address);
  await seedTestModel(db, await person(db, 7), { slug: 'elsewhere' });
  passes = await openPasses(db, 'gated', [
    testTier('Reader', { terms: { includedRuns: 3 } }),
    testTier('Slow', { terms: { includedRuns: 9, ratePerMinute: 2 } }),
  ]);
  await setRule(db, passes, { kind: 'pass' });
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await server.close();
  await db.close();
});

async function ask(request: RequestInit & { path?: string }) {
  const answer = await fetch(`${server.origin}/api/v1${request.path ?? '/generations'}`, request);
  return { status: answer.status, body: await answer.json(), headers: Object.fromEntries(answer.headers) };
}
const byKey = (secret: string) => ask({ method: 'POST', body: JSON.stringify(settings), headers: { authorization: `Bearer ${secret}` } });
const session = async (wallet: number): Promise<SessionActor> => ({ ...(await person(db, wallet)), sessionId: 'none' });

test('a pass that is given away takes its runs along: the old holder’s key is refused, the new holder’s works, with no indexer running', async () => {
  const passId = await buyPass(passes, 1);
  await testChain.mine(2);
  await createIndexer({ handlers: chainHandlers }).run(db);
  await untilHeadIsAsked();
  expect(await exampleModel(db, await session(1), undefined)).toMatchObject({ slug: 'gated' });
  expect(await exampleModel(db, await session(2), undefined)).toMatchObject({ slug: 'elsewhere' });
  const old = await newKey(db, await session(1), { passId });
  const heir = await newKey(db, await session(2), { passId });
  expect(await byKey(old.secret)).toMatchObject({ status: 201, body: { generations: [{ paidByPass: passId, priceMillicredits: '0' }] } });
  expect((await byKey(heir.secret)).status).toBe(403);
  await givePass(passes, readPassId(passId).tokenId, 1, 2);
  await untilHeadIsAsked();
  expect(await byKey(old.secret)).toMatchObject({ status: 403, body: { code: 'pass_moved' } });
  expect(await byKey(heir.secret)).toMatchObject({ status: 201, body: { generations: [{ paidByPass: passId }] } });
  // Three in all, and the second was the heir’s.
  expect((await byKey(heir.secret)).status).toBe(201);
  expect(await byKey(heir.secret)).toMatchObject({ status: 402 });
});

test('a key that is bound to a pass starts nothing with a quote for another, or for none, nor under another key’s Idempotency-Key', async () => {
  const [mine, second] = [await buyPass(passes, 4), await buyPass(passes, 4)];
  await testChain.mine(2);
  await createIndexer({ handlers: chainHandlers }).run(db);
  await untilHeadIsAsked();
  const actor = await session(4);
  const [bound, free, other] = await Promise.all([mine, null, second].map((passId) => newKey(db, actor, { passId })));
  const send = (key: typeof bound, path: string, body: object, headers = {}) =>
    ask({ path, method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${key?.secret}`, ...headers } });
  const quoteOf = async (key: typeof bound, more: object = {}) => (await send(key, '/quotes', { ...settings, ...more })).body.quote;
  for (const quote of [await quoteOf(free), await quoteOf(free, { passId: second }), await quoteOf(other)])
    expect(await send(bound, '/generations', { quote })).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  expect(await db.prisma.generation.count({ where: { userId: actor.userId } })).toBe(0);
  expect(await send(bound, '/generations', { quote: await quoteOf(free, { passId: mine }) })).toMatchObject({ status: 201 });
  const once = { 'idempotency-key': 'of-one-key' };
  expect(await send(bound, '/generations', settings, once)).toMatchObject({ status: 201, body: { generations: [{ paidByPass: mine }] } });
  expect(await send(other, '/generations', settings, once)).toMatchObject({ status: 409, body: { code: 'idempotency_conflict' } });
  expect((await send(bound, '/generations', settings, once)).status).toBe(200);
});

test('what a tier allows a minute stands in the headers, and past it a start waits', async () => {
  const passId = await buyPass(passes, 3, 2);
  await testChain.mine(2);
  await createIndexer({ handlers: chainHandlers }).run(db);
  await untilHeadIsAsked();
  const { secret } = await newKey(db, await session(3), { passId });
  const tierOf = ({ headers }: Awaited<ReturnType<typeof byKey>>) => /"tier";r=(\d+);t=\d+/.exec(headers.ratelimit ?? '')?.[1];
  expect(tierOf(await byKey(secret))).toBe('1');
  const last = await byKey(secret);
  expect([last.status, tierOf(last)]).toEqual([201, '0']);
  expect(last.headers['ratelimit-policy']).toContain('"tier";q=2;w=60');
  const refused = await byKey(secret);
  expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(tierOf(refused)).toBe('0');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
});
