import { encodeFunctionData } from 'viem';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { localEthUsdFeedAbi } from './abi/local-eth-usd-feed';
import { deploymentOf } from './deployments';
import { ethPrice, readEthPrice } from './eth-price';
import { deployToTestChain } from './testing/deploy-to-test-chain';
import { testChain } from './testing/env-chain';

const now = () => BigInt(Math.floor(Date.now() / 1000));
const read = () => readEthPrice(testChain.client, 31_337);

type Round = { id: bigint; answer: bigint; updatedAt: bigint; answeredInRound: bigint };

async function publish(change: Partial<Round>): Promise<void> {
  const round = { id: 7n, answer: 3_123_45678901n, updatedAt: now(), answeredInRound: 7n, ...change };
  const to = deploymentOf(31_337).standIns?.ethUsdFeed ?? '0x';
  await testChain.send(to, encodeFunctionData({ abi: localEthUsdFeedAbi, functionName: 'setRound', args: [round] }));
  await testChain.mine();
}

beforeAll(() => deployToTestChain(`0x${'11'.repeat(20)}`), 60_000);
beforeEach(() => publish({}), 60_000);

test('the price is the feed’s, in cents rounded down, with its name, round and time', async () => {
  const updatedAt = now() - 60n;
  await publish({ updatedAt });
  expect(await read()).toEqual({ usdCents: 312_345, source: 'ETH / USD (local stand-in), round 7', at: new Date(Number(updatedAt) * 1000) });
});

test.each([
  ['older than the limit', { updatedAt: now() - 3901n - 60n }],
  ['of a round that is not complete', { updatedAt: 0n }],
  ['carried over from an earlier round', { answeredInRound: 6n }],
  ['zero', { answer: 0n }],
  ['below zero', { answer: -1n }],
])('an answer %s is not believed', async (_what, change) => {
  await publish(change);
  await expect(read()).rejects.toMatchObject({ code: 'price_unavailable' });
});

test('a failure is not kept, an answer is for ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const cents = async () => (await ethPrice(testChain.client, 31_337)).usdCents;
  await publish({ answer: 0n });
  await expect(cents()).rejects.toMatchObject({ code: 'price_unavailable' });
  await publish({});
  expect(await cents()).toBe(312_345);
  await publish({ answer: 1_00000000n });
  expect(await cents()).toBe(312_345);
  vi.setSystemTime(Date.now() + 10_001);
  expect(await cents()).toBe(100);
  vi.useRealTimers();
});
