import { encodeFunctionData, erc20Abi, type Hex, parseEther, parseUnits } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';
import { createSender } from '@/lib/chain/sender/create-sender';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { houseKey } from '@/lib/keys/sealed-keys';
import { seedPerson } from '@/prisma/seed/people';
import { approvePayout } from './approve-payout';
import { getEarnings } from './get-earnings';
import { findDestination } from './list-rails';
import { payoutOutlets } from './outlets';
import { listPayouts } from './queries';
import { usdcToken } from './rails/usdc-token';
import { requestPayout } from './request-payout';
import type { Rail } from './schema';
import { sendPayout } from './send-payout';
import { payoutSettlement } from './settle-chain-payout';
import { earn, newcomer } from './testing/earn';

const OPERATOR = '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955';
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);

const CREDITS = 2_500; // US$25: 25 USDC, or 0.01 ETH at the stand-in's US$2,500
const db = openDatabase(process.env.DATABASE_URL ?? '');
let operator: Actor;
let treasury: Hex;
let usdc: Hex;

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  operator = await seedPerson(db, OPERATOR);
  treasury = (await houseKey(db, 'treasury')).signer.address;
  usdc = await usdcToken();
});
beforeEach(() => fund(parseEther('1'), parseUnits('1000', 6)));
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

/** The treasury has this much, and no more. */
async function fund(wei: bigint, units: bigint): Promise<void> {
  await testChain.test.setBalance({ address: treasury, value: wei });
  const has = await testChain.client.readContract({ address: usdc, abi: erc20Abi, functionName: 'balanceOf', args: [treasury] });
  if (has < units) {
    await testChain.wallet(0).writeContract({ address: usdc, abi: localUsdcAbi, functionName: 'mint', args: [treasury, units - has], gas: 200_000n });
    await testChain.mine();
  }
}

/** The loop of the chain's sender, until nothing changes any more: with blocks in between. */
async function settle(): Promise<void> {
  const sender = createSender({ handlers: [payoutSettlement] });
  for (let turn = 0; turn < 10; turn++) {
    await db.pool.query(`UPDATE chain_transaction SET look_at = now() WHERE state IN ('queued', 'sent', 'mined')`);
    await sender.run(db);
    await testChain.mine();
  }
}

async function approved(rail: Rail): Promise<{ creator: Actor; id: string }> {
  const creator = await newcomer(db);
  await earn(db, creator, { millicredits: BigInt(CREDITS) * 1000n });
  const id = newId();
  await requestPayout(db, creator, { id, credits: CREDITS, rail }, findDestination);
  await approvePayout(db, operator, { id });
  return { creator, id };
}

const ethOf = (address: Hex) => testChain.client.getBalance({ address });
const usdcOf = (address: Hex) => testChain.client.readContract({ address: usdc, abi: erc20Abi, functionName: 'balanceOf', args: [address] });
const send = (id: string) => sendPayout(db, payoutOutlets(db), id);
const queuedFor = (id: string) => db.prisma.chainTransaction.count({ where: { purpose: 'payout', ref: id } });

describe.each([
  { rail: 'eth' as const, holds: ethOf, arrives: parseEther('0.01') },
  { rail: 'usdc' as const, holds: usdcOf, arrives: parseUnits('25', 6) },
])('a payout in $rail', ({ rail, holds, arrives }) => {
  test('goes to the wallet the creator signed in with, and is sent when its block is safe', async () => {
    const { creator, id } = await approved(rail);
    await send(id);
    expect(await listPayouts(db, creator)).toMatchObject([{ state: 'sending', destination: creator.address, amountOut: arrives.toString() }]);
    await settle();
    expect(await holds(creator.address)).toBe(arrives);
    const [payout] = await listPayouts(db, creator);
    expect(payout).toMatchObject({ state: 'sent', txHash: expect.stringMatching(/^0x[0-9a-f]{64}$/) });
    expect(await getEarnings(db, creator, 30)).toMatchObject({ availableMillicredits: '0', onTheWayMillicredits: '0', paidMillicredits: '2500000' });
  });

  test('is one transaction, however often and by how many it is sent', async () => {
    const { creator, id } = await approved(rail);
    await Promise.all(Array.from({ length: 6 }, () => send(id)));
    await settle();
    await Promise.all([send(id), send(id)]);
    await settle();
    expect(await queuedFor(id)).toBe(1);
    expect(await holds(creator.address)).toBe(arrives);
  });

  test('that a process began and did not finish is taken up where it stands', async () => {
    const { creator, id } = await approved(rail);
    const outlets = payoutOutlets(db);
    const dies = { ...outlets.rails[rail], send: () => Promise.reject(new Error('killed before it was queued')) };
    await expect(sendPayout(db, { ...outlets, rails: { ...outlets.rails, [rail]: dies } }, id)).rejects.toThrow('killed');
    expect(await queuedFor(id)).toBe(0);
    const late = {
      ...outlets.rails[rail],
      send: async (p: never) => outlets.rails[rail].send(p).then(() => Promise.reject(new Error('killed after'))),
    };
    await expect(sendPayout(db, { ...outlets, rails: { ...outlets.rails, [rail]: late } }, id)).rejects.toThrow('killed after');
    await send(id);
    await settle();
    expect(await queuedFor(id)).toBe(1);
    expect(await holds(creator.address)).toBe(arrives);
  });
});

test('a payout of ETH to a wallet that burns gas is refused with a sentence, gives the credits back, and costs the treasury nothing', async () => {
  const { creator, id } = await approved('eth');
  await testChain.test.setCode({ address: creator.address, bytecode: '0x6207a1205b600190038060045700' });
  const before = await ethOf(treasury);
  await send(id);
  await settle();
  expect(await listPayouts(db, creator)).toMatchObject([{ state: 'failed', error: expect.stringContaining('Choose USDC') }]);
  expect((await getEarnings(db, creator, 30)).availableMillicredits).toBe('2500000');
  expect(await ethOf(treasury)).toBe(before);
});

test('a payout that the treasury cannot cover gives the credits back: USDC it does not have', async () => {
  const { creator, id } = await approved('usdc');
  const burn = await usdcOf(treasury);
  await testChain.test.impersonateAccount({ address: treasury });
  await testChain.client.request({
    method: 'eth_sendTransaction' as never,
    params: [{ from: treasury, to: usdc, data: transferData(`0x${'dd'.repeat(20)}`, burn) }] as never,
  });
  await testChain.mine();
  await send(id);
  await settle();
  expect(await listPayouts(db, creator)).toMatchObject([{ state: 'failed', error: expect.any(String) }]);
  expect((await getEarnings(db, creator, 30)).availableMillicredits).toBe('2500000');
  expect(await usdcOf(creator.address)).toBe(0n);
});

function transferData(to: Hex, amount: bigint): Hex {
  return encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] });
}
