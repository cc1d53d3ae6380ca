import type { Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount, privateKeyToAddress } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localUsdcCreationCode } from '@/lib/chain/deploy/creation-code.generated';
import { deployDeterministic } from '@/lib/chain/deploy/deterministic';
import { startTestChain, type TestChain } from '@/lib/chain/testing/local-chain';
import { type Faucet, FULL_USDC, FULL_WEI, fundAccount } from './fund-account';

let chain: TestChain;
let faucet: Faucet;
beforeAll(async () => {
  chain = await startTestChain({ automine: true });
  const key = generatePrivateKey();
  await chain.test.setBalance({ address: privateKeyToAccount(key).address, value: FULL_WEI * 10n });
  const usdc = await deployDeterministic({ publicClient: chain.client, walletClient: chain.wallet(9) }, localUsdcCreationCode as Hex);
  faucet = { key, rpcUrl: chain.url, chainId: 31_337, client: chain.client, usdc };
});
afterAll(() => chain.stop());
const full = { wei: FULL_WEI, usdc: FULL_USDC };
const newAddress = () => privateKeyToAddress(generatePrivateKey());

test('fills several accounts at once, each to the full amount', async () => {
  const addresses = [newAddress(), newAddress(), newAddress()];
  expect(await Promise.all(addresses.map((address) => fundAccount(faucet, address)))).toEqual([full, full, full]);
});

test('gives nothing more to an account that has enough', async () => {
  const address = newAddress();
  await fundAccount(faucet, address);
  const before = await chain.client.getBalance({ address: privateKeyToAddress(faucet.key) });
  expect(await fundAccount(faucet, address)).toEqual(full);
  expect(await chain.client.getBalance({ address: privateKeyToAddress(faucet.key) })).toBe(before);
});

test('says that the chain is away, and serves the next one', async () => {
  const { client } = chain;
  await expect(fundAccount({ ...faucet, rpcUrl: 'http://127.0.0.1:1/secret-key' }, newAddress())).rejects.toMatchObject({
    code: 'chain_unavailable',
    cause: { message: expect.not.stringContaining('secret-key') },
  });
  await expect(fundAccount({ ...faucet, client }, newAddress())).resolves.toEqual(full);
});
