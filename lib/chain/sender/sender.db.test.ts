import { randomUUID } from 'node:crypto';
import { type Hex, numberToHex, parseEther } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openClient } from '@/lib/chain/client';
import { testChain } from '@/lib/chain/testing/env-chain';
import { inTransaction, openDatabase } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { createKey } from '@/lib/keys/sealed-keys';
import { createSender, type SenderOptions } from './create-sender';
import { queueTransaction } from './queue-transaction';
import { startRpcProxy } from './testing/rpc-proxy';
import { makeSettlementTable, recordingHandler, settlementsOf } from './testing/settlements';

// Runs, or reverts when its first slot is set: slot 0 ? revert : stop.
const TRAP = '0x60005460075700' + '5b60006000fd';
// Runs once: slot 0 ? revert : slot 0 := 1.
const ONCE = '0x600054600c57' + '600160005500' + '5b60006000fd';
// Counts down from 500,000, and takes 13,000,000 gas for it.
const BURNER = '0x6207a1205b600190038060045700';
const db = openDatabase(process.env.DATABASE_URL ?? '');
const owned = { confirmations: 4, stuckMs: 60_000 };
let accounts = 0;

/** A key with ETH of its own, a sender, and the turns it takes: each test has its own sequence of nonces. */
async function newKey(options: Partial<SenderOptions> = {}, balanceWei = parseEther('10')) {
  const { id: keyId, signer } = await createKey(db.prisma, 'treasury');
  await testChain.test.setBalance({ address: signer.address, value: balanceWei });
  const sender = createSender({ handlers: [recordingHandler], ...options, limits: { ...owned, ...options.limits } });
  const look = async () => {
    await db.pool.query(`UPDATE chain_transaction SET look_at = now() WHERE state IN ('queued', 'sent', 'mined')`);
    await sender.run(db);
  };
  const queue = async (to: Hex, valueWei = 1n, { data = '0x', maxGas }: { data?: Hex; maxGas?: bigint } = {}) => {
    const ref = randomUUID();
    await inTransaction(db.pool, (tx) => queueTransaction(tx, { chainId: 31_337, keyId, purpose: 'test', ref, to, data, valueWei, maxGas }));
    return ref;
  };
  const nonce = () => testChain.client.getTransactionCount({ address: signer.address });
  return { address: signer.address, keyId, look, queue, nonce };
}
const stateOf = (ref: string) =>
  db.prisma.chainTransaction.findUniqueOrThrow({
    where: { purpose_ref: { purpose: 'test', ref } },
    include: { attempts: { orderBy: { number: 'asc' } } },
  });
/** An address nobody has used. */
const fresh = () => numberToHex(0xabc_0000 + accounts++, { size: 20 });
const balance = (address: Hex) => testChain.client.getBalance({ address });
async function trap(): Promise<Hex> {
  const address = fresh();
  await testChain.test.setCode({ address, bytecode: TRAP as Hex });
  return address;
}
const setTrap = (address: Hex, on: boolean) => testChain.test.setStorageAt({ address, index: 0, value: numberToHex(on ? 1 : 0, { size: 32 }) });

beforeAll(() => makeSettlementTable(process.env.DATABASE_OWNER_URL ?? ''));
afterAll(() => db.close());

describe('a transaction', () => {
  test('is sent, mined, and settled once its block is safe, with what its gas cost', async () => {
    const key = await newKey();
    const to = fresh();
    const ref = await key.queue(to, 5n);
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'sent', nonce: 0n, attempts: [{ kind: 'call', broadcasts: 1, answer: null }] });
    await testChain.mine();
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'mined', succeeded: true });
    await key.look();
    expect(await settlementsOf(db, ref)).toEqual([]);
    await testChain.mine(2);
    await key.look();
    await key.look();
    const { state, costWei } = await stateOf(ref);
    expect(state).toBe('safe');
    const [settled, ...more] = await settlementsOf(db, ref);
    expect([settled?.outcome, settled?.value_wei, more]).toEqual(['safe', '5', []]);
    expect(parseEther('10') - (await balance(key.address))).toBe(BigInt(costWei?.toFixed() ?? 0));
    expect(BigInt(settled?.gas_wei ?? 0) + 5n).toBe(BigInt(costWei?.toFixed() ?? 0));
    expect(await balance(to)).toBe(5n);
  });

  test('is settled once, and has a nonce of its own, when two processes look at the same ones at the same time', async () => {
    const key = await newKey();
    const other = createSender({ handlers: [recordingHandler], limits: owned });
    const refs = await Promise.all(Array.from({ length: 12 }, () => key.queue(fresh())));
    for (let block = 0; block < 4; block++) {
      // The rows are free for both all the time: what is left to keep them apart are locks and guards.
      let looking = true;
      const free = async () => {
        while (looking) await db.pool.query('UPDATE chain_transaction SET look_at = now() WHERE key_id = $1', [key.keyId]);
      };
      const looks = Promise.all([key.look(), other.run(db)]).finally(() => {
        looking = false;
      });
      await Promise.all([looks, free()]);
      await testChain.mine();
    }
    await key.look();
    await key.look();
    const rows = await db.prisma.chainTransaction.findMany({ where: { keyId: key.keyId }, orderBy: { nonce: 'asc' } });
    expect(rows.map(({ nonce, state }) => [Number(nonce), state])).toEqual(refs.map((_, i) => [i, 'safe']));
    for (const ref of refs) expect(await settlementsOf(db, ref)).toHaveLength(1);
  });

  test('is one, however often it is queued, and never another', async () => {
    const { keyId } = await newKey();
    const queued = { chainId: 31_337, keyId, purpose: 'test', ref: randomUUID(), to: fresh(), data: '0x', valueWei: 1n } as const;
    const queue = (change = {}) => inTransaction(db.pool, (tx) => queueTransaction(tx, { ...queued, ...change }));
    expect((await queue()).id).toBe((await queue()).id);
    await expect(queue({ valueWei: 2n })).rejects.toMatchObject({ code: 'conflict' });
    await expect(db.pool.query(`UPDATE chain_transaction SET state = 'safe' WHERE ref = $1`, [queued.ref])).rejects.toMatchObject({ code: 'CT901' });
    await db.pool.query(`UPDATE chain_transaction SET state = 'refused' WHERE ref = $1`, [queued.ref]);
  });

  test('that would revert is refused, takes no nonce and costs nothing', async () => {
    const key = await newKey();
    const to = await trap();
    await setTrap(to, true);
    const ref = await key.queue(to);
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'refused', nonce: null, attempts: [] });
    expect(await settlementsOf(db, ref)).toMatchObject([{ outcome: 'refused', gas_wei: '0' }]);
  });

  test('that needs more gas than it may cost is refused, takes no nonce and costs nothing', async () => {
    const key = await newKey();
    const to = fresh();
    await testChain.test.setCode({ address: to, bytecode: BURNER });
    const ref = await key.queue(to, 1n, { maxGas: 100_000n });
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'refused', nonce: null, error: 'too_much_gas', attempts: [] });
    expect(await settlementsOf(db, ref)).toMatchObject([{ outcome: 'refused', gas_wei: '0' }]);
  });

  test('that turns greedy after it was looked at burns no more than it may cost', async () => {
    const key = await newKey();
    const to = await trap();
    const ref = await key.queue(to, 1n, { maxGas: 25_000n });
    await key.look();
    expect((await stateOf(ref)).gasLimit).toBe(25_000n);
    await testChain.test.setCode({ address: to, bytecode: BURNER });
    await testChain.mine(5);
    await key.look();
    await key.look();
    expect(await settlementsOf(db, ref)).toMatchObject([{ outcome: 'reverted' }]);
    expect(await key.nonce()).toBe(1);
  });

  test('that reverts in its block is settled as reverted, and its gas is told', async () => {
    const key = await newKey();
    const to = await trap();
    const ref = await key.queue(to);
    await key.look();
    await setTrap(to, true);
    await testChain.mine(5);
    await key.look();
    await key.look();
    const [settled] = await settlementsOf(db, ref);
    expect(settled).toMatchObject({ outcome: 'reverted', value_wei: '0' });
    expect(parseEther('10') - (await balance(key.address))).toBe(BigInt(settled?.gas_wei ?? 0));
  });

  test('that its handler refuses just before it is sent takes no nonce', async () => {
    const renewCall = () => Promise.reject(new AppError('already_minted'));
    const key = await newKey({ handlers: [{ ...recordingHandler, renewCall }] });
    const ref = await key.queue(fresh());
    await key.look();
    expect(await settlementsOf(db, ref)).toMatchObject([{ outcome: 'refused', error: 'already_minted' }]);
  });

  test('waits while its key cannot pay, and goes out after it was topped up', async () => {
    const key = await newKey({}, 1000n);
    const ref = await key.queue(fresh());
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'queued', nonce: null });
    await testChain.test.setBalance({ address: key.address, value: parseEther('1') });
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'sent', nonce: 0n });
    await testChain.mine();
  });
});

describe('an outcome nobody knows', () => {
  test('is looked up before anything is sent again', async () => {
    const proxy = await startRpcProxy(testChain.url);
    proxy.swallows = () => true;
    const key = await newKey({ client: openClient(proxy.url) });
    const to = fresh();
    const ref = await key.queue(to, 7n);
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'sent', attempts: [{ broadcasts: 1, answer: expect.any(String) }] });
    await db.pool.query(`UPDATE chain_attempt SET broadcast_at = now() - interval '1 hour'`);
    await key.look();
    const sends = proxy.asked.flatMap((method, i) => (method === 'eth_sendRawTransaction' ? [i] : []));
    expect(sends).toHaveLength(2);
    const between = proxy.asked.slice(sends[0], sends[1]);
    expect(between).toEqual(expect.arrayContaining(['eth_getTransactionReceipt', 'eth_getTransactionCount']));
    // The same bytes both times.
    expect((await stateOf(ref)).attempts).toHaveLength(1);
    await testChain.mine(3);
    await key.look();
    await key.look();
    expect(await settlementsOf(db, ref)).toMatchObject([{ outcome: 'safe' }]);
    expect(proxy.asked.filter((method) => method === 'eth_sendRawTransaction')).toHaveLength(2);
    expect(await balance(to)).toBe(7n);
    await proxy.stop();
  });

  test('of a process that died after it signed is the outcome of the same bytes', async () => {
    const key = await newKey();
    const ref = await key.queue(fresh());
    await key.look();
    await testChain.test.dropTransaction({ hash: (await stateOf(ref)).attempts[0]?.hash as Hex });
    await db.pool.query(`UPDATE chain_attempt a SET broadcast_at = NULL FROM chain_transaction t WHERE t.id = a.transaction_id AND t.ref = $1`, [
      ref,
    ]);
    await key.look();
    await testChain.mine(3);
    await key.look();
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'safe', attempts: [{ number: 1 }] });
  });

  test('of a nonce that something else has used is known when that is final', async () => {
    const key = await newKey();
    const ref = await key.queue(fresh());
    await key.look();
    await testChain.test.dropTransaction({ hash: (await stateOf(ref)).attempts[0]?.hash as Hex });
    // Somebody else with the same key: the chain takes it without a signature here.
    await testChain.test.impersonateAccount({ address: key.address });
    await testChain.test.sendUnsignedTransaction({ from: key.address, to: fresh(), value: 1n, nonce: 0, gas: 21_000n });
    await testChain.mine();
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'sent' });
    await testChain.mine(5);
    await key.look();
    expect(await settlementsOf(db, ref)).toMatchObject([{ outcome: 'refused', error: 'nonce_taken' }]);
  });

  test('that the chain does not show at all ends nothing, and is an alert', async () => {
    const key = await newKey();
    const ref = await key.queue(fresh());
    await key.look();
    await testChain.test.dropTransaction({ hash: (await stateOf(ref)).attempts[0]?.hash as Hex });
    await testChain.test.setNonce({ address: key.address, nonce: 1 });
    await testChain.mine(6);
    await key.look();
    const { id, state } = await stateOf(ref);
    expect(state).toBe('sent');
    expect(await db.prisma.operatorAlert.findMany({ where: { key: { startsWith: `outcome_unknown ${id}` } } })).toHaveLength(1);
  });
});

describe('a transaction that is stuck', () => {
  test('is replaced under the same nonce with higher fees, and happens once', async () => {
    const key = await newKey({ limits: { stuckMs: 0 } });
    const to = fresh();
    const ref = await key.queue(to, 3n);
    await key.look();
    await testChain.test.setNextBlockBaseFeePerGas({ baseFeePerGas: 30_000_000_000n });
    await testChain.mine();
    expect(await key.nonce()).toBe(0);
    await key.look();
    await testChain.mine(3);
    await key.look();
    await key.look();
    const { state, attempts } = await stateOf(ref);
    expect([state, attempts.length > 1, new Set(attempts.map(({ kind }) => kind))]).toEqual(['safe', true, new Set(['call'])]);
    expect([await balance(to), await key.nonce()]).toEqual([3n, 1]);
    await testChain.mine(60); // the base fee comes down again
  });

  test('is cancelled under the same nonce when by now it would revert', async () => {
    const key = await newKey({ limits: { stuckMs: 0 } });
    const to = await trap();
    const ref = await key.queue(to);
    await key.look();
    await setTrap(to, true);
    await key.look();
    await testChain.mine(5);
    await key.look();
    await key.look();
    expect((await stateOf(ref)).attempts.map(({ kind }) => kind)).toEqual(['call', 'cancel']);
    const [settled] = await settlementsOf(db, ref);
    expect(settled).toMatchObject({ outcome: 'refused', error: 'cancelled' });
    expect(BigInt(settled?.gas_wei ?? 0)).toBeGreaterThan(0n);
    expect(await key.nonce()).toBe(1);
  });

  test('is not cancelled when it reverts for having happened while it was looked at', async () => {
    const proxy = await startRpcProxy(testChain.url);
    const key = await newKey({ client: openClient(proxy.url), limits: { stuckMs: 0 } });
    const to = fresh();
    await testChain.test.setCode({ address: to, bytecode: ONCE as Hex });
    const ref = await key.queue(to);
    await key.look();
    proxy.before = async (method) => {
      if (method === 'eth_estimateGas') await testChain.mine();
    };
    await key.look();
    expect(proxy.asked.filter((method) => method === 'eth_estimateGas')).toHaveLength(2);
    expect((await stateOf(ref)).attempts).toMatchObject([{ kind: 'call' }]);
    await testChain.mine(3);
    await key.look();
    await key.look();
    expect((await stateOf(ref)).state).toBe('safe');
    await proxy.stop();
  });

  test('waits when more gas than the cap would be needed', async () => {
    const key = await newKey({ limits: { maxFeeWei: 1n } });
    const ref = await key.queue(fresh());
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'queued', nonce: null });
    await db.pool.query(`UPDATE chain_transaction SET state = 'refused' WHERE ref = $1`, [ref]);
  });
});

describe('a reorg', () => {
  test('that takes a mined transaction back has it sent again, and it happens once', async () => {
    const key = await newKey();
    const to = fresh();
    const ref = await key.queue(to, 9n);
    await key.look();
    const before = await testChain.test.snapshot();
    await testChain.mine();
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'mined' });
    await testChain.test.revert({ id: before });
    await testChain.test.dropTransaction({ hash: (await stateOf(ref)).attempts[0]?.hash as Hex }).catch(() => {});
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'sent', blockHash: null });
    await db.pool.query(`UPDATE chain_attempt SET broadcast_at = now() - interval '1 hour'`);
    await key.look();
    await testChain.mine(3);
    await key.look();
    await key.look();
    expect(await settlementsOf(db, ref)).toMatchObject([{ outcome: 'safe' }]);
    expect([await balance(to), await key.nonce()]).toEqual([9n, 1]);
  });

  test('below the safe depth leaves no gap: what was settled is sent again as it was', async () => {
    const key = await newKey();
    const [first, second] = [fresh(), fresh()];
    const before = await testChain.test.snapshot();
    const ref = await key.queue(first, 4n);
    await key.look();
    await testChain.mine(3);
    await key.look();
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'safe' });
    await testChain.test.revert({ id: before });
    await testChain.mine();
    const next = await key.queue(second, 6n);
    await key.look();
    expect(await stateOf(next)).toMatchObject({ state: 'sent', nonce: 1n });
    await testChain.mine(3);
    await key.look();
    await key.look();
    expect([await balance(first), await balance(second), await key.nonce()]).toEqual([4n, 6n, 2]);
    expect(await settlementsOf(db, ref)).toHaveLength(1);
    expect(await settlementsOf(db, next)).toMatchObject([{ outcome: 'safe' }]);
  });

  test('that takes nonces nobody here knows leaves a gap, which is filled', async () => {
    const key = await newKey();
    await testChain.test.setNonce({ address: key.address, nonce: 2 });
    const ref = await key.queue(fresh());
    await key.look();
    expect(await stateOf(ref)).toMatchObject({ state: 'sent', nonce: 2n });
    await testChain.test.dropTransaction({ hash: (await stateOf(ref)).attempts[0]?.hash as Hex });
    await testChain.test.request({ method: 'anvil_setNonce', params: [key.address, '0x0'] });
    await testChain.mine();
    await key.look();
    await db.pool.query(`UPDATE chain_attempt SET broadcast_at = now() - interval '1 hour'`);
    await key.look();
    await testChain.mine(5);
    await key.look();
    await key.look();
    expect([await key.nonce(), (await stateOf(ref)).state]).toEqual([3, 'safe']);
    expect(await db.prisma.chainTransaction.count({ where: { keyId: key.keyId, purpose: 'fill', state: 'refused' } })).toBe(2);
  });
});
