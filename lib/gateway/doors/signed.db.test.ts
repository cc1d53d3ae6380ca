import { signRequest } from '@slicekit/erc8128';
import { concat, type Hex, serializeErc6492Signature } from 'viem';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractAccount, DEPLOYER } from '@/lib/auth/testing/contract-account';
import { openClient } from '@/lib/chain/client';
import { startTestChain, type TestChain } from '@/lib/chain/testing/local-chain';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { signedDoorLoops } from './jobs';
import { openSignedRequest, type SignedDoor } from './signed';

const db = openDatabase(env.DATABASE_URL, 20);
const origin = 'https://intaglio.example';
const owner = privateKeyToAccount(generatePrivateKey());
const noChain = openClient('http://127.0.0.1:1');
let chain: TestChain;
let door: SignedDoor;

beforeAll(async () => {
  chain = await startTestChain({ automine: true });
  door = { client: noChain, origin, chainId: 31_337 };
});
afterAll(async () => {
  await chain.stop();
  await db.close();
});

type Sent = { method?: string; path?: string; body?: string; headers?: Record<string, string>; components?: string[]; createdInS?: number };

/** A request signed by the ERC's own library. */
async function sign(
  { method = 'POST', path = '/api/v1/generations?a=1', body = '{"n":1}', headers, components, createdInS = 0 }: Sent = {},
  by: Signing = { account: owner },
) {
  const { account, address = account.address, wrap = (signature: Hex) => signature } = by;
  const signer = { chainId: 31_337, address, signMessage: async (raw: Uint8Array) => wrap(await account.signMessage({ message: { raw } })) };
  const init = { method, headers, ...(method === 'GET' ? {} : { body }) };
  const created = Math.floor(Date.now() / 1000) + createdInS;
  return signRequest(`${origin}${path}`, init, signer, { components, created });
}
type Signing = { account: PrivateKeyAccount; address?: Hex; wrap?: (signature: Hex) => Hex };

const open = async (request: Request, change: Partial<SignedDoor> & { body?: string } = {}) => {
  const { body, ...rest } = change;
  const bytes = body === undefined ? Buffer.from(await request.clone().arrayBuffer()) : Buffer.from(body);
  return (await openSignedRequest(db, { request, body: bytes, address: '203.0.113.7' }, { ...door, ...rest })).caller;
};
const refused = (problem: string) => ({ code: 'signature_refused', details: { problem } });
const withHeader = (request: Request, name: string, change: (value: string) => string) => {
  const headers = new Headers(request.headers);
  headers.set(name, change(headers.get(name) ?? ''));
  return new Request(request.clone(), { headers });
};

describe('a request signed by a key, while the chain is away', () => {
  test('is its wallet’s, and each further one is the same user’s', async () => {
    const caller = await open(await sign());
    expect(caller.address).toBe(owner.address.toLowerCase());
    expect(await open(await sign({ method: 'GET', path: '/api/v1/models' }))).toEqual(caller);
    expect(await db.prisma.user.findUnique({ where: { id: caller.userId } })).toMatchObject({ address: caller.address });
  });

  test('makes one user when a new wallet sends ten at once', async () => {
    const account = privateKeyToAccount(generatePrivateKey());
    const callers = await Promise.all(Array.from({ length: 10 }, async () => open(await sign({}, { account }))));
    expect(new Set(callers.map(({ userId }) => userId)).size).toBe(1);
  });

  test('counts once', async () => {
    const request = await sign();
    await open(request);
    await expect(open(request)).rejects.toMatchObject(refused('nonce_reused'));
  });

  test('counts once when it arrives twenty times at once', async () => {
    const request = await sign();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => open(request)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject(refused('nonce_reused'));
  });

  test('is not used up by an attempt that fails', async () => {
    const request = await sign();
    const forged = withHeader(request, 'signature', (value) => value.replace(/:(.)/, (_, letter) => `:${letter === 'A' ? 'B' : 'A'}`));
    await expect(open(forged, { client: chain.client })).rejects.toMatchObject(refused('bad_signature'));
    await expect(open(request)).resolves.toHaveProperty('userId');
  });

  test.each<[string, (request: Request) => Request]>([
    ['method', (request) => new Request(request, { method: 'PUT' })],
    ['path', (request) => new Request(request.url.replace('generations', 'quotes'), request)],
    ['query', (request) => new Request(request.url.replace('a=1', 'a=2'), request)],
    ['idempotency key', (request) => withHeader(request, 'idempotency-key', () => 'two')],
    ['nonce', (request) => withHeader(request, 'signature-input', (value) => value.replace(/nonce="./, 'nonce="!'))],
    ['time', (request) => withHeader(request, 'signature-input', (value) => value.replace(/expires=(\d+)/, (_, s) => `expires=${Number(s) - 1}`))],
    ['account', (request) => withHeader(request, 'signature-input', (value) => value.replace(/0x[0-9a-f]{40}/, `0x${'ab'.repeat(20)}`))],
    [
      'list of what is covered',
      (request) => withHeader(request, 'signature-input', (value) => value.replace('"@authority" "@method"', '"@method" "@authority"')),
    ],
    ['signature', (request) => withHeader(request, 'signature', (value) => value.replace(/.{6}:$/, 'AAAAAA:'))],
  ])('is refused with another %s', async (_name, change) => {
    const request = await sign({ headers: { 'idempotency-key': 'one' }, components: ['idempotency-key'] });
    await expect(open(change(request.clone()), { client: chain.client })).rejects.toMatchObject(refused('bad_signature'));
    await expect(open(request)).resolves.toHaveProperty('userId');
  });

  test('is refused with another body, or another digest of it', async () => {
    const request = await sign();
    await expect(open(request, { body: '{"n":2}' })).rejects.toMatchObject(refused('bad_content_digest'));
    const other = (await sign({ body: '{"n":2}' })).headers.get('content-digest') ?? '';
    const both = withHeader(request, 'content-digest', () => other);
    await expect(open(both, { body: '{"n":2}', client: chain.client })).rejects.toMatchObject(refused('bad_signature'));
  });

  test('is refused by another host, and on another chain', async () => {
    const request = await sign();
    await expect(open(request, { origin: 'https://other.example', client: chain.client })).rejects.toMatchObject(refused('bad_signature'));
    await expect(open(request, { chainId: 1 })).rejects.toMatchObject(refused('unsupported_chain'));
  });

  test('is refused where a header that changes what it does was added on the way', async () => {
    const request = withHeader(await sign(), 'idempotency-key', () => 'added');
    await expect(open(request)).rejects.toMatchObject(refused('insufficient_coverage'));
  });

  test.each([
    [-92, 'request_expired'],
    [-85, null],
    [25, null],
    [35, 'request_not_yet_valid'],
  ])('whose clock is %d s off: %s', async (createdInS, problem) => {
    const opening = open(await sign({ createdInS }));
    await (problem ? expect(opening).rejects.toMatchObject(refused(problem)) : expect(opening).resolves.toHaveProperty('userId'));
  });

  test('that is not signed by its key asks the chain, and without one gets neither yes nor no', async () => {
    const stranger = privateKeyToAccount(generatePrivateKey());
    const request = await sign({}, { account: stranger, address: owner.address });
    await expect(open(request)).rejects.toMatchObject({ code: 'chain_unavailable' });
    await expect(open(request, { client: chain.client })).rejects.toMatchObject(refused('bad_signature'));
  });
});

describe('what is remembered of nonces', () => {
  test('is forgotten only when their time is over on every machine’s clock', async () => {
    const request = await sign({ createdInS: -88 });
    await open(request);
    const before = await db.prisma.signedRequestNonce.count();
    await db.pool.query(`INSERT INTO signed_request_nonce VALUES ('0x', 'old', now() - interval '61 seconds')`);
    await signedDoorLoops[0]?.run(db);
    expect(await db.prisma.signedRequestNonce.count()).toBe(before);
    await expect(open(request)).rejects.toMatchObject(refused('nonce_reused'));
  });

  test('is lost in a crash, and then nothing signed before it is let in again', async () => {
    const request = await sign();
    await open(request);
    // What Postgres does to unlogged tables when it recovers.
    await db.pool.query('DELETE FROM signed_request_nonce');
    await db.pool.query('DELETE FROM signed_request_memory');
    await expect(open(request)).rejects.toMatchObject(refused('nonces_lost'));
    await expect(open(await sign({ createdInS: 25 }))).rejects.toMatchObject(refused('nonces_lost'));
    await db.pool.query(`UPDATE signed_request_memory SET since = now() - interval '1 second'`);
    await expect(open(await sign({ createdInS: 1 }))).resolves.toHaveProperty('userId');
    await db.pool.query(`UPDATE signed_request_memory SET since = '-infinity'`);
  });
});

describe('a request signed by a contract account', () => {
  const { address, deployment } = contractAccount(owner.address);
  const wrap = (signature: Hex) => serializeErc6492Signature({ address: DEPLOYER, data: deployment, signature });

  test('is its own before it is deployed (ERC-6492) and once it is (ERC-1271)', async () => {
    const early = await open(await sign({}, { account: owner, address, wrap }), { client: chain.client });
    expect(early.address).toBe(address.toLowerCase());
    await chain.client.waitForTransactionReceipt({ hash: await chain.send(DEPLOYER, deployment) });
    const later = await open(await sign({}, { account: owner, address }), { client: chain.client });
    expect(later).toEqual(early);
  });

  test('is refused where its owner did not sign it, or signed something else, and counts once', async () => {
    const stranger = privateKeyToAccount(generatePrivateKey());
    await expect(open(await sign({}, { account: stranger, address }), { client: chain.client })).rejects.toMatchObject(refused('bad_signature'));
    const request = await sign({}, { account: owner, address });
    await expect(open(new Request(`${request.url}&b=2`, request.clone()), { client: chain.client })).rejects.toMatchObject(refused('bad_signature'));
    await open(request, { client: chain.client });
    await expect(open(request, { client: chain.client })).rejects.toMatchObject(refused('nonce_reused'));
    const padded = await sign({}, { account: stranger, address, wrap: (signature) => concat([signature, '0x00']) });
    await expect(open(padded, { client: chain.client })).rejects.toMatchObject(refused('bad_signature'));
  });
});
