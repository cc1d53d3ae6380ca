import { readStored, store } from '../browser-store';

/** Keys made in this browser, for a chain whose money is worth nothing. They are kept in plain text. */
export type TestKeys = { accounts: { key: `0x${string}`; address: `0x${string}` }[]; active: number; allowed: boolean };

export const TEST_KEYS = 'intaglio.test-wallet';

const isHex = (value: unknown, characters: number) => typeof value === 'string' && new RegExp(`^0x[0-9a-fA-F]{${characters}}$`).test(value);

function isTestKeys(value: unknown): value is TestKeys {
  const keys = value as TestKeys | null;
  if (!keys || typeof keys !== 'object' || !Array.isArray(keys.accounts) || keys.accounts.length === 0) return false;
  return keys.accounts.every((a) => isHex(a?.key, 64) && isHex(a?.address, 40)) && keys.accounts[keys.active] !== undefined;
}

export const readTestKeys = () => readStored(TEST_KEYS, isTestKeys);

const changes = new EventTarget();

function writeTestKeys(keys: TestKeys): void {
  store(TEST_KEYS, keys);
  changes.dispatchEvent(new Event('change'));
}

/** Calls back when the keys change, in this tab or another. Returns how to stop. */
export function onTestKeys(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === TEST_KEYS) listener();
  };
  changes.addEventListener('change', listener);
  window.addEventListener('storage', onStorage);
  return () => {
    changes.removeEventListener('change', listener);
    window.removeEventListener('storage', onStorage);
  };
}

/** The account that pages are shown: none before one of them asked to connect. */
export function shownAccount(): `0x${string}` | null {
  const keys = readTestKeys();
  return keys?.allowed ? (keys.accounts[keys.active]?.address ?? null) : null;
}

/** The kept keys, or a first new one. viem's curve code is loaded only here and where something is signed. */
export async function ensureTestKeys(): Promise<TestKeys> {
  const kept = readTestKeys();
  if (kept) return kept;
  const keys = { accounts: [await newAccount()], active: 0, allowed: false };
  writeTestKeys(keys);
  return keys;
}

/** Lets pages see the active account, or no more. */
export async function setAllowed(allowed: boolean): Promise<void> {
  writeTestKeys({ ...(await ensureTestKeys()), allowed });
}

/** Makes an account the active one: one of the kept, or one that the local chain brings. */
export async function switchToAccount(account: TestKeys['accounts'][number]): Promise<void> {
  const keys = await ensureTestKeys();
  const known = keys.accounts.findIndex(({ address }) => address === account.address);
  if (known >= 0) writeTestKeys({ ...keys, active: known });
  else writeTestKeys({ ...keys, accounts: [...keys.accounts, account], active: keys.accounts.length });
}

/** Makes another account and makes it the active one. */
export async function addTestAccount(): Promise<void> {
  const keys = await ensureTestKeys();
  const accounts = [...keys.accounts, await newAccount()];
  writeTestKeys({ ...keys, accounts, active: accounts.length - 1 });
}

async function newAccount() {
  const { generatePrivateKey, privateKeyToAddress } = await import('viem/accounts');
  const key = generatePrivateKey();
  return { key, address: privateKeyToAddress(key) };
}
