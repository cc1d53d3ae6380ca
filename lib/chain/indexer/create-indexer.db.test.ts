import pg from 'pg';
import type { Hex } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { openClient } from '../client';
import { startTestChain, type TestChain } from '../testing/local-chain';
import type { ChainHandler } from '../types';
import { createIndexer, type IndexerOptions } from './create-indexer';

/** Emits its calldata as LOG0, twice: CALLDATACOPY(0, 0, CALLDATASIZE); LOG0(0, CALLDATASIZE) x 2. */
const emitter = '0x00000000000000000000000000000000000000e1';
const emitterCode = '0x366000600037366000a0366000a0';
const CONFIRMATIONS = 3;

const db = openDatabase(process.env.DATABASE_URL ?? '');
let chain: TestChain;

/** Keeps each log as a row, and notes what was settled. */
const recorder: ChainHandler = {
  name: 'recorder',
  addresses: async () => [emitter],
  async apply(tx, block) {
    for (const { txHash, ordinal, data } of block.logs) {
      await tx.query('INSERT INTO recorded VALUES ($1, $2, $3, $4, $5)', [block.hash, txHash, ordinal, block.number, data]);
    }
  },
  async undo(tx, _chainId, blockNumber) {
    await tx.query('DELETE FROM recorded WHERE block_number > $1', [blockNumber]);
  },
};

const recorded = async () =>
  (await db.pool.query<{ data: string; ordinal: number; tx_hash: string }>('SELECT * FROM recorded ORDER BY block_number, tx_hash, ordinal')).rows;
const dataOf = async () => (await recorded()).filter((row) => row.ordinal === 0).map((row) => row.data);
const cursor = async () =>
  (await db.pool.query<{ number: string; hash: string }>('SELECT number, hash FROM chain_block ORDER BY number DESC LIMIT 1')).rows[0];
const indexer = (options: Partial<IndexerOptions> = {}) =>
  createIndexer({ handlers: [recorder], client: chain.client, confirmations: CONFIRMATIONS, embedded: false, startBlock: 0n, ...options });
const emit = (data: Hex, from = 0) => chain.send(emitter, data, 0n, from);

async function freshChain(): Promise<TestChain> {
  const fresh = await startTestChain();
  await fresh.test.setCode({ address: emitter, bytecode: emitterCode });
  return fresh;
}

const openAlerts = () => db.prisma.operatorAlert.findMany({ where: { acknowledgedAt: null } });
async function acknowledgeAll(): Promise<void> {
  const operator = await db.prisma.user.create({ data: { id: newId(), address: newId() } });
  await db.prisma.operatorAlert.updateMany({ data: { acknowledgedAt: new Date(), acknowledgedBy: operator.id } });
}

/** Indexes two logs, then loses the second one's block and all above it: one block more than may be lost. */
async function forkTooDeep() {
  await emit('0x01');
  await chain.mine(5);
  const forkNumber = await chain.client.getBlockNumber({ cacheTime: 0 });
  await emit('0x02');
  await chain.mine(CONFIRMATIONS + 1);
  await indexer().run(db);
  await chain.test.request({ method: 'anvil_reorg' as never, params: [CONFIRMATIONS + 1, []] as never });
  await chain.mine(2);
  const compensated: bigint[] = [];
  const compensate: ChainHandler['compensate'] = async (_tx, _chainId, blockNumber) => {
    compensated.push(blockNumber);
  };
  return { forkNumber, compensated, handlers: [{ ...recorder, compensate }] };
}

beforeAll(async () => {
  const owner = new pg.Client(process.env.DATABASE_OWNER_URL);
  await owner.connect();
  await owner.query(
    'CREATE TABLE recorded (block_hash text, tx_hash text, ordinal int, block_number bigint, data text, PRIMARY KEY (block_hash, tx_hash, ordinal))',
  );
  await owner.end();
});
beforeEach(async () => {
  await db.pool.query('DELETE FROM recorded; DELETE FROM chain_block; DELETE FROM chain_halt; DELETE FROM operator_alert');
  chain = await freshChain();
});
afterEach(() => chain.stop());
afterAll(() => db.close());

describe('on a chain that only grows', () => {
  test('writes each log once, with its place in its own transaction, and stops at the head', async () => {
    await emit('0x01');
    await emit('0x02', 1);
    await chain.mine(120);
    await emit('0x03');
    await chain.mine();
    const { run } = indexer();
    await run(db);
    await run(db);
    expect((await recorded()).map(({ data, ordinal }) => [data, ordinal]).sort()).toEqual([
      ['0x01', 0],
      ['0x01', 1],
      ['0x02', 0],
      ['0x02', 1],
      ['0x03', 0],
      ['0x03', 1],
    ]);
    expect((await cursor())?.number).toBe('121');
  });

  test('two processes that read the same blocks apply them once', async () => {
    const [first, second] = [indexer(), indexer()];
    for (let i = 0; i < 8; i++) {
      await emit(`0x0${i}`);
      await chain.mine();
      await Promise.all([first.run(db), second.run(db)]);
    }
    await first.run(db);
    expect(await dataOf()).toEqual(['0x00', '0x01', '0x02', '0x03', '0x04', '0x05', '0x06', '0x07']);
  });

  test('a failure in the middle of a range leaves neither cursor nor effects, and the next run does all of it', async () => {
    await emit('0x01');
    await chain.mine();
    await emit('0x02');
    await chain.mine();
    const breaking: ChainHandler = {
      ...recorder,
      async apply(tx, block) {
        await recorder.apply(tx, block);
        if (block.number === 2n) throw new Error('killed');
      },
    };
    await expect(indexer({ handlers: [breaking] }).run(db)).rejects.toThrow('killed');
    expect(await recorded()).toEqual([]);
    expect(await cursor()).toBeUndefined();
    await indexer().run(db);
    expect(await dataOf()).toEqual(['0x01', '0x02']);
  });

  test('a provider that answers with an older head undoes nothing', async () => {
    await emit('0x01');
    await chain.mine();
    const older = await chain.client.getBlock();
    await chain.mine(2);
    await indexer().run(db);
    const lagging = new Proxy(chain.client, {
      get: (client, name) =>
        name === 'getBlock'
          ? (args: { blockNumber?: bigint }) => (args.blockNumber === undefined ? older : client.getBlock(args))
          : Reflect.get(client, name),
    });
    await indexer({ client: lagging }).run(db);
    expect((await cursor())?.number).toBe('3');
  });
});

describe('on a chain that forks', () => {
  test('goes back to the fork, and a transaction that moved keeps its ordinal though its log index moved', async () => {
    await chain.mine(5);
    await emit('0xaa', 0);
    const moving = await emit('0xbb', 1);
    await chain.mine();
    await indexer().run(db);
    const before = (await chain.client.getTransactionReceipt({ hash: moving })).logs[0]?.logIndex;
    const raw = await chain.client.request({ method: 'eth_getRawTransactionByHash' as never, params: [moving] as never });
    await chain.test.request({ method: 'anvil_reorg' as never, params: [1, [[raw, 0]]] as never });
    const after = (await chain.client.getTransactionReceipt({ hash: moving })).logs[0]?.logIndex;
    expect([before, after]).toEqual([2, 0]);
    const { run } = indexer();
    await run(db);
    expect((await recorded()).map(({ data, ordinal, tx_hash }) => [data, ordinal, tx_hash])).toEqual([
      ['0xbb', 0, moving],
      ['0xbb', 1, moving],
    ]);
    expect((await cursor())?.hash).toBe((await chain.client.getBlock()).hash);
  });

  test('below the confirmed depth compensates once, tells the operators once, and halts, for every process', async () => {
    const { forkNumber, compensated, handlers } = await forkTooDeep();
    const before = await cursor();
    for (const { run } of [indexer({ handlers }), indexer({ handlers })]) for (let i = 0; i < 2; i++) await run(db);
    expect(compensated).toEqual([forkNumber]);
    expect(await cursor()).toEqual(before);
    expect(await dataOf()).toEqual(['0x01', '0x02']);
    expect(await openAlerts()).toEqual([expect.objectContaining({ kind: 'chain_forked', details: expect.objectContaining({ depth: 4 }) })]);
  });

  test('stays halted though the chain goes back to the blocks it had: what was compensated is applied again only after the fork', async () => {
    const { handlers } = await forkTooDeep();
    const before = await cursor();
    await indexer({ handlers }).run(db);
    const likeBefore = new Proxy(chain.client, {
      get: (client, name) =>
        name === 'getBlock'
          ? async (args: { blockNumber?: bigint }) => ({ ...(await client.getBlock(args)), ...(args.blockNumber === undefined && before) })
          : Reflect.get(client, name),
    });
    await indexer({ handlers, client: likeBefore }).run(db);
    expect((await openAlerts()).length).toBe(1);
    expect(await cursor()).toEqual(before);
  });

  test('goes back to the fork and on from there once an operator has acknowledged it', async () => {
    const { handlers } = await forkTooDeep();
    const { run } = indexer({ handlers });
    await run(db);
    await acknowledgeAll();
    await run(db);
    expect((await cursor())?.hash).toBe((await chain.client.getBlock()).hash);
    expect(await dataOf()).toEqual(['0x01']);
    expect(await db.prisma.chainHalt.count()).toBe(0);
  });

  test('goes on after a fork of just the confirmed depth', async () => {
    await chain.mine(10);
    await indexer().run(db);
    await chain.test.request({ method: 'anvil_reorg' as never, params: [CONFIRMATIONS, []] as never });
    await chain.mine();
    await indexer().run(db);
    expect((await cursor())?.hash).toBe((await chain.client.getBlock()).hash);
  });
});

describe('on the local chain', () => {
  test('goes back with a chain that lost its last blocks, at any depth', async () => {
    await emit('0x01');
    await chain.mine();
    const saved = await chain.test.snapshot();
    await emit('0x02');
    await chain.mine(40);
    await indexer({ embedded: true }).run(db);
    await chain.test.revert({ id: saved });
    const { run } = indexer({ embedded: true });
    await run(db);
    expect(await dataOf()).toEqual(['0x01']);
    expect((await cursor())?.number).toBe('1');
    await emit('0x03');
    await chain.mine();
    await run(db);
    expect(await dataOf()).toEqual(['0x01', '0x03']);
  });

  test('starts over with a chain that was reset, shorter than before', async () => {
    await emit('0x01');
    await chain.mine(120);
    await indexer({ embedded: true }).run(db);
    await chain.stop();
    chain = await freshChain();
    await chain.test.setNextBlockTimestamp({ timestamp: BigInt(Math.floor(Date.now() / 1000) + 3600) });
    await emit('0x09');
    await chain.mine(2);
    const { run } = indexer({ embedded: true });
    await run(db);
    expect(await dataOf()).toEqual(['0x09']);
    expect((await cursor())?.number).toBe('2');
  });
});

test('waits, and does not fail, while the chain does not answer; then goes on', async () => {
  await emit('0x01');
  await chain.mine();
  let down = true;
  const flaky = new Proxy(chain.client, {
    get: (client, name) => (name === 'getBlock' && down ? openClient('http://127.0.0.1:1').getBlock : Reflect.get(client, name)),
  });
  const { run } = indexer({ client: flaky });
  await run(db);
  await run(db);
  expect(await cursor()).toBeUndefined();
  down = false;
  await run(db);
  expect(await dataOf()).toEqual(['0x01']);
});

test('whose credits several handlers settle are locked in one order, so that a capture of two of them waits for nobody who waits for it', async () => {
  await chain.mine();
  const owners = [newId(), newId()];
  const purses: string[] = [];
  for (const owner of owners) purses.push((await db.pool.query<{ id: string }>('SELECT ledger.open_purse($1) AS id', [owner])).rows[0]?.id ?? '');
  const posted: string[] = [];
  const settling = (owner = ''): ChainHandler => ({
    ...recorder,
    name: owner,
    settle: async () => ({ owners: [owner], accounts: [], post: async () => void posted.push(owner) }),
  });
  const capture = await db.pool.connect();
  const lock = (purse = '') => capture.query(`SELECT FROM ledger.lock_lots($1, NULL, '{}', '{}')`, [purse]);
  await capture.query('BEGIN');
  await lock(purses[0]);
  const indexed = indexer({ handlers: owners.toReversed().map(settling) }).run(db);
  await expect.poll(async () => (await db.pool.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount, { timeout: 10_000 }).toBeGreaterThan(0);
  await capture.query(`SET LOCAL lock_timeout = '2s'`);
  await lock(purses[1]);
  await capture.query('COMMIT');
  capture.release();
  await indexed;
  expect(posted).toEqual(owners.toReversed());
});
