/** localStorage as JSON, for what survives a reload. Reading gives null where storage is off or holds something else. */
export function readStored<T>(key: string, is: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(key) ?? 'null');
    return is(value) ? value : null;
  } catch {
    return null;
  }
}

/** Writes, or with null removes. Private windows may refuse: then nothing survives the reload, and all else works. */
export function store(key: string, value: unknown): void {
  try {
    if (value === null) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, JSON.stringify(value));
  } catch {
    return;
  }
}

const WALLET_KEY = 'intaglio.wallet';
const isText = (value: unknown): value is string => typeof value === 'string';

/** The wallet (its rdns) that the session was signed in with. */
export const rememberedWallet = () => readStored(WALLET_KEY, isText);
export const rememberWallet = (rdns: string) => store(WALLET_KEY, rdns);
