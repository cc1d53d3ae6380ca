/** The one thing the wallet has to tell right now, whichever part of the page says it. */
export type WalletNotice = { text: string; tone: 'plain' | 'bad' };

let current: WalletNotice | null = null;
const listeners = new Set<() => void>();

export function say(notice: WalletNotice | null): void {
  current = notice;
  for (const listener of listeners) listener();
}

export const currentNotice = () => current;

export function onNotice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
