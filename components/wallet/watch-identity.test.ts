import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rememberWallet } from './browser-store';
import { watchIdentity } from './watch-identity';

const mine = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const other = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const chain = { chainId: 1, rpcPath: '/api/rpc', testWallet: false };
let accounts: string[];

/** A wallet of the page, announced when asked, as EIP-6963 says. */
function wallet(rdns: string) {
  const listeners = new Set<(value: unknown) => void>();
  const provider = {
    request: async () => accounts,
    on: (_event: string, listener: (value: unknown) => void) => listeners.add(listener),
    removeListener: (_event: string, listener: (value: unknown) => void) => listeners.delete(listener),
  };
  const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: { info: { rdns }, provider } }));
  window.addEventListener('eip6963:requestProvider', announce);
  return {
    announce,
    change: (next: string[]) => {
      for (const listener of listeners) listener(next);
    },
  };
}

function watch() {
  const seen: string[] = [];
  const stop = watchIdentity({ address: mine, chain, onOther: (address) => seen.push(address) });
  return { seen, stop, told: () => vi.waitFor(() => expect(seen).toEqual([other])) };
}

beforeEach(() => {
  const items = new Map<string, string>();
  const localStorage = { getItem: (k: string) => items.get(k) ?? null, setItem: (k: string, v: string) => items.set(k, v) };
  vi.stubGlobal('window', Object.assign(new EventTarget(), { localStorage }));
  accounts = [mine];
  rememberWallet('io.wallet');
});
afterEach(() => vi.unstubAllGlobals());

test('tells of another account that the wallet already shows when the page opens', async () => {
  accounts = [other];
  wallet('io.wallet');
  await watch().told();
});

test('tells of a switch later, and not of the same account in other letters or of a locked wallet', async () => {
  const { change } = wallet('io.wallet');
  const { seen, told } = watch();
  change([mine.toUpperCase().replace('0X', '0x')]);
  change([]);
  expect(seen).toEqual([]);
  change([other, mine]);
  await told();
});

test('waits for a wallet that comes late', async () => {
  const { told } = watch();
  accounts = [other];
  wallet('io.wallet').announce();
  await told();
});

test('asks no other wallet than the one that signed in, and none when it was not told which', async () => {
  accounts = [other];
  wallet('io.another');
  const { seen } = watch();
  await new Promise(setImmediate);
  expect(seen).toEqual([]);
});

test('is silent once stopped', () => {
  const { change } = wallet('io.wallet');
  const { seen, stop } = watch();
  stop();
  change([other]);
  expect(seen).toEqual([]);
});
