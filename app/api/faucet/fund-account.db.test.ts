import { generatePrivateKey, privateKeyToAccount, privateKeyToAddress } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestChain, type TestChain } from '@/lib/chain/testing/local-chain';
import { type Faucet, FULL_WEI, fundAccount } from './fund-account';

let chain: TestChain;
let faucet: Faucet;
beforeAll(async () => {
  chain = await startTestChain({ automine: true });
  const key = generatePrivateKey();
  await chain.test.setBalance({ address: privateKeyToAccount(key).address, value: FULL_WEI * 10n });
  faucet = { key, rpcUrl: chain.url, chainId: 31_337, client: chain.client };
});
afterAll(() => chain.stop());
const newAddress = () => privateKeyToAddress(generatePrivateKey());

test('fills several accounts at once, each to the full amount', async () => {
  const addresses = [newAddress(), newAddress(), newAddress()];
  expect(await Promise.all(addresses.map((address) => fundAccount(faucet, address)))).toEqual([FULL_WEI, FULL_WEI, FULL_WEI]);
});

test('gives nothing more to an account that has enough', async () => {
  const address = newAddress();
  await fundAccount(faucet, address);
  const before = await chain.client.getBalance({ address: privateKeyToAddress(faucet.key) });
  expect(await fundAccount(faucet, address)).toBe(FULL_WEI);
  expect(await chain.client.getBalance({ address: privateKeyToAddress(faucet.key) })).toBe(before);
});

test('says that the chain is away, and serves the next one', async () => {
  const { client } = chain;
  await expect(fundAccount({ ...faucet, rpcUrl: 'http://127.0.0.1:1' }, newAddress())).rejects.toMatchObject({ code: 'chain_unavailable' });
  await expect(fundAccount({ ...faucet, client }, newAddress())).resolves.toBe(FULL_WEI);
});
