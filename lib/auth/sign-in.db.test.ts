import { serializeErc6492Signature } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { createSiweMessage } from 'viem/siwe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openClient } from '@/lib/chain/client';
import { startTestChain, type TestChain } from '@/lib/chain/testing/local-chain';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { endSession } from './end-session';
import { issueNonce, NONCE_LIFETIME_MS } from './issue-nonce';
import { findActor } from './queries';
import { SIGN_IN_STATEMENT, type SignInInput } from './schema';
import { SESSION_LIFETIME_MS, type SignInContext, signIn } from './sign-in';
import { contractAccount, DEPLOYER } from './testing/contract-account';

const db = openDatabase(env.DATABASE_URL);
const origin = 'http://localhost:3000';
const owner = privateKeyToAccount(generatePrivateKey());
let chain: TestChain;
let context: SignInContext;

beforeAll(async () => {
  chain = await startTestChain({ automine: true });
  context = { client: chain.client, origin, chainId: 31_337 };
});
afterAll(async () => {
  await chain.stop();
  await db.close();
});

const messageOf = async (address = owner.address, nonce?: string, nowMs = Date.now()) =>
  createSiweMessage({
    domain: 'localhost:3000',
    address,
    statement: SIGN_IN_STATEMENT,
    uri: origin,
    version: '1',
    chainId: 31_337,
    nonce: nonce ?? (await issueNonce(db)),
    issuedAt: new Date(nowMs),
  });

async function signed(account = owner, address = account.address): Promise<SignInInput> {
  const message = await messageOf(address);
  return { message, signature: await account.signMessage({ message }) };
}
const refused = (problem: string) => ({ code: 'sign_in_refused', details: { problem } });

describe('a key’s own account', () => {
  test('signs in, each time with a new session of the same user', async () => {
    const first = await signIn(db, await signed(), context);
    const second = await signIn(db, await signed(), context);
    expect(first.address).toBe(owner.address.toLowerCase());
    expect(second.userId).toBe(first.userId);
    expect(second.sessionId).not.toBe(first.sessionId);
    expect(await findActor(db, first.sessionId)).toEqual(first);
  });

  test('signs in while the chain is away', async () => {
    const client = openClient('http://127.0.0.1:1');
    await expect(signIn(db, await signed(), { ...context, client })).resolves.toHaveProperty('sessionId');
  });

  test('cannot use the same message twice', async () => {
    const input = await signed();
    await signIn(db, input, context);
    await expect(signIn(db, input, context)).rejects.toMatchObject(refused('nonce'));
  });

  test('wins once when the same message arrives eight times at once', async () => {
    const input = await signed();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => signIn(db, input, context)));
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
  });

  test('cannot use a nonce that is not ours, or expired', async () => {
    for (const nonce of ['0000000000000000', await issueNonce(db, Date.now() - NONCE_LIFETIME_MS - 1)]) {
      const message = await messageOf(owner.address, nonce);
      await expect(signIn(db, { message, signature: await owner.signMessage({ message }) }, context)).rejects.toMatchObject(refused('nonce'));
    }
  });

  test('cannot sign for another account, and the attempt spends the nonce', async () => {
    const victim = privateKeyToAccount(generatePrivateKey());
    const input = await signed(owner, victim.address);
    await expect(signIn(db, input, context)).rejects.toMatchObject(refused('signature'));
    const late = { ...input, signature: await victim.signMessage({ message: input.message }) };
    await expect(signIn(db, late, context)).rejects.toMatchObject(refused('nonce'));
  });

  test('cannot sign in with a changed signature', async () => {
    const { message, signature } = await signed();
    const changed = signature.replace(/^0x(..)/, (_, byte: string) => `0x${byte === '00' ? '01' : '00'}`) as typeof signature;
    await expect(signIn(db, { message, signature: changed }, context)).rejects.toMatchObject(refused('signature'));
    const short = { message: await messageOf(), signature: '0x00' as const };
    await expect(signIn(db, short, context)).rejects.toMatchObject(refused('signature'));
  });

  test.each([
    ['another domain', { origin: 'http://localhost:3001' }, 'domain'],
    ['another chain', { chainId: 1 }, 'chain'],
    ['an hour later', { nowMs: Date.now() + 3_600_000 }, 'time'],
  ])('cannot sign in at %s', async (_name, change, problem) => {
    await expect(signIn(db, await signed(), { ...context, ...change })).rejects.toMatchObject(refused(problem));
  });
});

describe('a contract account', () => {
  const { address, deployment } = contractAccount(owner.address);
  const wrap = ({ message, signature }: SignInInput): SignInInput => ({
    message,
    signature: serializeErc6492Signature({ address: DEPLOYER, data: deployment, signature }),
  });

  test('signs in before it is deployed (ERC-6492), and stays undeployed', async () => {
    const actor = await signIn(db, wrap(await signed(owner, address)), context);
    expect(actor.address).toBe(address.toLowerCase());
    expect(await chain.client.getCode({ address })).toBeUndefined();
  });

  test('is refused before it is deployed when another key signed, or the signature shows no deployment', async () => {
    const stranger = privateKeyToAccount(generatePrivateKey());
    await expect(signIn(db, wrap(await signed(stranger, address)), context)).rejects.toMatchObject(refused('signature'));
    await expect(signIn(db, await signed(owner, address), context)).rejects.toMatchObject(refused('signature'));
  });

  test('signs in after it is deployed (ERC-1271), and another key does not', async () => {
    await chain.client.waitForTransactionReceipt({ hash: await chain.send(DEPLOYER, deployment) });
    await expect(signIn(db, await signed(owner, address), context)).resolves.toHaveProperty('address', address.toLowerCase());
    const stranger = privateKeyToAccount(generatePrivateKey());
    await expect(signIn(db, await signed(stranger, address), context)).rejects.toMatchObject(refused('signature'));
  });

  test('is told that the chain is away rather than let in or turned down', async () => {
    const client = openClient('http://127.0.0.1:1');
    for (const input of [await signed(owner, address), wrap(await signed(owner, address))]) {
      await expect(signIn(db, input, { ...context, client })).rejects.toMatchObject({ code: 'chain_unavailable' });
    }
  });
});

describe('a session', () => {
  test('ends at once, and only itself', async () => {
    const [a, b] = [await signIn(db, await signed(), context), await signIn(db, await signed(), context)];
    await endSession(db, a.sessionId);
    expect(await findActor(db, a.sessionId)).toBeNull();
    expect(await findActor(db, b.sessionId)).toEqual(b);
  });

  test('ends when the same browser signs in anew', async () => {
    const old = await signIn(db, await signed(), context);
    await signIn(db, await signed(), { ...context, replaces: old.sessionId });
    expect(await findActor(db, old.sessionId)).toBeNull();
  });

  test('lasts seven days', async () => {
    const { sessionId } = await signIn(db, await signed(), context);
    expect(await findActor(db, sessionId, Date.now() + SESSION_LIFETIME_MS - 60_000)).not.toBeNull();
    expect(await findActor(db, sessionId, Date.now() + SESSION_LIFETIME_MS)).toBeNull();
  });

  test('leaves no expired nonces behind', async () => {
    await issueNonce(db, Date.now() - NONCE_LIFETIME_MS - 1);
    await issueNonce(db);
    expect(await db.prisma.siweNonce.count({ where: { expiresAt: { lt: new Date() } } })).toBe(0);
  });
});
