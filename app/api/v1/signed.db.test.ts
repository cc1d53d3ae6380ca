import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSignerClient, signRequest } from '@slicekit/erc8128';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestChain, type TestChain } from '@/lib/chain/testing/local-chain';
import { type Database, database } from '@/lib/db';
import { env } from '@/lib/env';
import { plain } from '@/lib/uploads/testing/files';
import { createIntaglio } from '@/packages/client/index';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { serveGateway } from './testing/gateway';

let db: Database;
const folder = mkdtempSync(join(tmpdir(), 'intaglio-gateway-'));
const wallet = privateKeyToAccount(generatePrivateKey());
let chain: TestChain;
let server: Awaited<ReturnType<typeof serveGateway>>;

beforeAll(async () => {
  process.env.STORAGE_DIR = folder;
  db = database();
  chain = await startTestChain({ automine: true });
  // The app's own client, of this test's chain: its address is a setting that was read before the chain was there.
  Object.assign(globalThis, { intaglioChain: { client: chain.client, chainId: Promise.resolve(31_337) } });
  server = await serveGateway();
  await seedTestModel(db, await seedPerson(db, '0x00000000000000000000000000000000000000c1'));
  const person = await seedPerson(db, wallet.address.toLowerCase() as `0x${string}`);
  await grantCredits(db, person, 10_000n);
});
afterAll(async () => {
  await server.close();
  await chain.stop();
  rmSync(folder, { recursive: true });
});

/** Signed for the house's public address, as its library does; sent to where it is served here, as a proxy would. */
async function sign(path: string, init: RequestInit = {}, chainId = 31_337): Promise<Request> {
  const signer = { chainId, address: wallet.address, signMessage: (raw: Uint8Array) => wallet.signMessage({ message: { raw } }) };
  const components = new Headers(init.headers).has('idempotency-key') ? ['idempotency-key'] : undefined;
  const signed = await signRequest(`${env.PUBLIC_URL}/api/v1${path}`, init, signer, { components });
  return new Request(signed.url.replace(env.PUBLIC_URL, server.origin), signed);
}
const body = JSON.stringify({ model: 'proof', prompt: 'a quiet proof', params: {}, seed: '7', count: 1 });
const post = (headers: Record<string, string> = {}) => ({ method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

test('a wallet without any key of ours prices, runs and reads its runs', async () => {
  const started = await fetch(await sign('/generations', post({ 'idempotency-key': 'one' })));
  const run = await started.json();
  expect([started.status, run.code]).toEqual([expect.toSatisfy((status: number) => status === 201 || status === 202), undefined]);
  const mine = await fetch(await sign('/generations?limit=5'));
  expect(mine.status).toBe(200);
  expect(JSON.stringify(await mine.json())).toContain('proof');
  expect(mine.headers.get('ratelimit')).toMatch(/"wallet";r=\d+/);
  expect((await db.prisma.generation.findMany({ where: { user: { address: wallet.address.toLowerCase() } } })).length).toBe(1);
});

test('a wallet sends a picture, and its signature covers every byte of it', async () => {
  const file = await plain(4);
  const send = async (change: (bytes: Uint8Array) => Uint8Array) => {
    const request = await sign('/uploads', { method: 'POST', body: new Blob([new Uint8Array(file)]) });
    return fetch(request.url, { method: 'POST', headers: request.headers, body: new Blob([new Uint8Array(change(file))]) });
  };
  expect((await send((bytes) => Buffer.concat([bytes, Buffer.from('x')]))).status).toBe(401);
  expect((await send((bytes) => bytes)).status).toBe(201);
});

test('the same request twice is one run, and twenty at once are one', async () => {
  const request = await sign('/generations', post());
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(request.clone())));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const refused = answers.find(({ ok }) => !ok);
  expect(refused?.status).toBe(401);
  expect(refused?.headers.get('www-authenticate')).toBe('ERC8128 error="nonce_reused"');
  expect(await refused?.json()).toMatchObject({ code: 'signature_refused', details: { problem: 'nonce_reused' } });
});

test('what was signed once and is sent again and again meets the limit of the address it comes from, and uses up nothing of the wallet', async () => {
  const from = '198.51.100.21';
  const request = await sign('/generations');
  const send = () => fetch(new Request(request.clone(), { headers: { ...Object.fromEntries(request.headers), 'x-forwarded-for': from } }));
  expect((await send()).status).toBe(200);
  const pointsOf = async (name: string) =>
    (await db.pool.query<{ points: number }>('SELECT points FROM rate_limit WHERE key LIKE $1', [`gateway:${name}`])).rows[0]?.points;
  const { id } = await db.prisma.user.findUniqueOrThrow({ where: { address: wallet.address.toLowerCase() } });
  const before = await pointsOf(`wallet:${id}`);
  expect((await send()).headers.get('www-authenticate')).toBe('ERC8128 error="nonce_reused"');
  expect([await pointsOf(`wallet:${id}`), await pointsOf(`address:${from}`)]).toEqual([before, 2]);
  await db.pool.query('UPDATE rate_limit SET points = 1200 WHERE key = $1', [`gateway:address:${from}`]);
  const refused = await send();
  expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, expect.toSatisfy((seconds: number) => seconds > 0)]);
  // From then on without a query.
  const queries = vi.spyOn(db.pool, 'query');
  expect((await send()).status).toBe(429);
  expect(queries).not.toHaveBeenCalled();
  queries.mockRestore();
});

test('our client works with a wallet’s own fetch in place of a key', async () => {
  const signer = createSignerClient(
    { chainId: 31_337, address: wallet.address, signMessage: (raw: Uint8Array) => wallet.signMessage({ message: { raw } }) },
    { fetch: async (signed) => fetch(new Request((signed as Request).url.replace(env.PUBLIC_URL, server.origin), signed as Request)) },
  );
  const { api } = createIntaglio({
    baseUrl: env.PUBLIC_URL,
    fetch: (request) => signer.fetch(request, undefined, { components: request.headers.has('idempotency-key') ? ['idempotency-key'] : [] }),
  });
  expect((await api.GET('/me')).data).toMatchObject({ door: 'signature', address: wallet.address.toLowerCase() });
  const { data } = await api.POST('/generations', {
    params: { header: { 'idempotency-key': 'by-the-client' } },
    body: { model: 'proof', prompt: 'a quiet proof' },
  });
  expect(data?.generations).toHaveLength(1);
});

test('another body, query or chain, or a key added on the way, is refused and says why', async () => {
  const whyNot = async (request: Request) => (await fetch(request)).headers.get('www-authenticate');
  const changed = await sign('/quotes', post());
  expect(await whyNot(new Request(changed.url, { method: 'POST', headers: changed.headers, body: body.replace('quiet', 'loud') }))).toBe(
    'ERC8128 error="bad_content_digest"',
  );
  const listed = await sign('/generations?limit=5');
  expect(await whyNot(new Request(listed.url.replace('limit=5', 'limit=50'), listed))).toBe('ERC8128 error="bad_signature"');
  expect(await whyNot(await sign('/generations', {}, 1))).toBe('ERC8128 error="unsupported_chain", chains="eip155:31337"');
  const added = await sign('/generations', post());
  added.headers.set('idempotency-key', 'two');
  expect(await whyNot(added)).toBe('ERC8128 error="insufficient_coverage"');
  expect(await whyNot(new Request(`${server.origin}/api/v1/generations`))).toBe('Bearer realm="intaglio", ERC8128');
});

test('an open route does not take a wrong signature for none', async () => {
  const request = await sign('/models');
  expect((await fetch(request.clone())).status).toBe(200);
  expect((await fetch(request)).status).toBe(401);
});
