import { defineChain, encodeFunctionData, erc20Abi, type Hex, UserRejectedRequestError, zeroHash } from 'viem';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createConfig, http, mock } from 'wagmi';
import { connect } from 'wagmi/actions';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';
import { tillAbi } from '@/lib/chain/abi/till';
import { deploymentOf } from '@/lib/chain/deployments';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { payToken } from './pay-token';

// The wallet is anvil itself: its development accounts sign typed data and send, as a wallet does that asks nobody.
type Features = NonNullable<Parameters<typeof mock>[0]['features']>;
const FIVE_USDC = 5_000_000n;
const chain = defineChain({
  id: 31_337,
  name: 'Test chain',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  rpcUrls: { default: { http: [testChain.url] } },
});
let till: Hex;
let usdc: Hex;
let payer = 0;

const address = () => testChain.wallet(payer).account.address;
const from = () => address().toLowerCase() as Hex;
const payment = () => ({ chainId: 31_337, to: till, token: usdc, amount: String(FIVE_USDC), memo: zeroHash });
const sent = () => testChain.client.getTransactionCount({ address: address() });
const read = (functionName: 'balanceOf' | 'allowance') =>
  functionName === 'balanceOf'
    ? testChain.client.readContract({ address: usdc, abi: erc20Abi, functionName, args: [till] })
    : testChain.client.readContract({ address: usdc, abi: erc20Abi, functionName, args: [address(), till] });
const mint = (amount: bigint) =>
  testChain.send(usdc, encodeFunctionData({ abi: localUsdcAbi, functionName: 'mint', args: [address(), amount] }), 0n, 9);

async function walletOf(features: Features = {}) {
  const connector = mock({ accounts: [address()], features });
  const config = createConfig({ chains: [chain], connectors: [connector], transports: { [chain.id]: http(testChain.url) }, storage: null });
  await connect(config, { connector: config.connectors[0] ?? connector });
  return config;
}

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  await testChain.test.setAutomine(true);
  till = deploymentOf(31_337).current('till');
  usdc = deploymentOf(31_337).standIns?.usdc ?? '0x';
}, 60_000);
/** A payer with five USDC, who has never paid. */
beforeEach(async () => {
  payer += 1;
  await mint(FIVE_USDC);
});

describe('paying in USDC', { timeout: 60_000 }, () => {
  test('signs a permit and sends one transaction, which leaves no allowance behind', async () => {
    const [before, held] = [await sent(), await read('balanceOf')];
    const hash = await payToken(await walletOf(), from(), payment());
    expect((await sent()) - before).toBe(1);
    expect((await read('balanceOf')) - held).toBe(FIVE_USDC);
    expect(await read('allowance')).toBe(0n);
    const { blockNumber } = await testChain.client.getTransactionReceipt({ hash });
    const [event] = await testChain.client.getContractEvents({ address: till, abi: tillAbi, eventName: 'TokenDeposited', fromBlock: blockNumber });
    expect(event?.args).toEqual({ payer: address(), token: expect.stringMatching(new RegExp(usdc, 'i')), memo: zeroHash, amount: FIVE_USDC });
  });

  test('approves just the amount first where the wallet does not sign typed data', async () => {
    const [before, held] = [await sent(), await read('balanceOf')];
    await payToken(await walletOf({ signTypedDataError: new Error('the method does not exist') }), from(), payment());
    expect((await sent()) - before).toBe(2);
    expect((await read('balanceOf')) - held).toBe(FIVE_USDC);
    expect(await read('allowance')).toBe(0n);
  });

  test('asks for nothing where the till may take it already', async () => {
    await testChain.send(usdc, encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [till, FIVE_USDC] }), 0n, payer);
    const before = await sent();
    await payToken(await walletOf({ signTypedDataError: true }), from(), payment());
    expect((await sent()) - before).toBe(1);
  });

  test('sends nothing when the person declines the permit: a no is not answered with another question', async () => {
    const before = await sent();
    const declining = await walletOf({ signTypedDataError: new UserRejectedRequestError(new Error('no')) });
    await expect(payToken(declining, from(), payment())).rejects.toMatchObject({ declined: true });
    expect(await sent()).toBe(before);
    expect(await read('allowance')).toBe(0n);
  });

  test('says what is there and what is asked for when it is not enough', async () => {
    const more = { ...payment(), amount: String(FIVE_USDC + 1n) };
    await expect(payToken(await walletOf(), from(), more)).rejects.toThrow('Your wallet holds 5 USDC, and 5.000001 USDC are asked for.');
  });

  test('is for the account that is signed in, and for no other', async () => {
    const before = await sent();
    await expect(payToken(await walletOf(), `0x${'99'.repeat(20)}`, payment())).rejects.toThrow('but you are signed in as');
    expect(await sent()).toBe(before);
  });
});
