import { recoverMessageAddress, stringToHex } from 'viem';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addTestAccount, readTestKeys, switchToAccount } from './keys';
import { operatorAccounts } from './operator-accounts';
import { createTestProvider } from './provider';
import type { WalletRequest } from './requests';

const asked: WalletRequest[] = [];
let approves = true;
vi.mock('./ask', () => ({
  askPerson: async (request: WalletRequest) => {
    asked.push(request);
    return approves;
  },
}));

beforeEach(() => {
  const items = new Map<string, string>();
  const localStorage = { getItem: (k: string) => items.get(k) ?? null, setItem: (k: string, v: string) => items.set(k, v) };
  vi.stubGlobal('window', Object.assign(new EventTarget(), { localStorage }));
  asked.length = 0;
  approves = true;
});
afterEach(() => vi.unstubAllGlobals());

const open = () => createTestProvider({ chainId: 31_337, rpcPath: '/api/rpc' });
const connect = async (wallet = open()) => {
  const [address] = (await wallet.request({ method: 'eth_requestAccounts' })) as [`0x${string}`];
  return { wallet, address };
};

test('shows no account before a page asks, and the same one to the next page load', async () => {
  const first = open();
  expect(await first.request({ method: 'eth_accounts' })).toEqual([]);
  const { address } = await connect(first);
  expect(await open().request({ method: 'eth_accounts' })).toEqual([address]);
});

test('asks the person, shows the text, and signs for real', async () => {
  const { wallet, address } = await connect();
  const message = 'sign me';
  const signature = (await wallet.request({ method: 'personal_sign', params: [stringToHex(message), address] })) as `0x${string}`;
  expect(asked).toEqual([{ kind: 'message', account: address, text: message }]);
  expect(await recoverMessageAddress({ message, signature })).toBe(address);
});

test('signs nothing when the person says no, or for an account that is not the active one', async () => {
  const { wallet, address } = await connect();
  approves = false;
  await expect(wallet.request({ method: 'personal_sign', params: ['0x00', address] })).rejects.toMatchObject({ code: 4001 });
  approves = true;
  await addTestAccount();
  await expect(wallet.request({ method: 'personal_sign', params: ['0x00', address] })).rejects.toMatchObject({ code: 4100 });
});

test('tells the page of a new account and of a switch, like an extension', async () => {
  const { wallet, address } = await connect();
  const changes: unknown[] = [];
  wallet.on('accountsChanged', (accounts) => changes.push(accounts));
  await addTestAccount();
  const [added] = (await wallet.request({ method: 'eth_accounts' })) as string[];
  expect(added).not.toBe(address);
  const first = readTestKeys()?.accounts[0];
  if (first) await switchToAccount(first);
  expect(changes).toEqual([[added], [address]]);
});

test('switches to an operator of the local chain and signs as one, and keeps it once however often it is chosen', async () => {
  const { wallet, address } = await connect();
  const [operator] = operatorAccounts;
  await switchToAccount(operator);
  await switchToAccount(operator);
  expect(await wallet.request({ method: 'eth_accounts' })).toEqual([operator.address]);
  expect(readTestKeys()?.accounts.map((account) => account.address)).toEqual([address, operator.address]);
  const signature = (await wallet.request({ method: 'personal_sign', params: ['0x00', operator.address] })) as `0x${string}`;
  expect(await recoverMessageAddress({ message: { raw: '0x00' }, signature })).toBe(operator.address);
});

test('knows the local chain only', async () => {
  const { wallet } = await connect();
  expect(await wallet.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: '0x7a69' }] })).toBeNull();
  await expect(wallet.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: '0x1' }] })).rejects.toMatchObject({ code: 4902 });
  await expect(wallet.request({ method: 'wallet_getCapabilities' })).rejects.toMatchObject({ code: 4200 });
});
