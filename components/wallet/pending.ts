import { readStored, store } from './browser-store';

/** A transaction that this browser sent and the server has not told of yet. Kept over a reload, for the account that sent it. */
export type Pending = { hash: `0x${string}`; subject: string; sentAtMs: number };

const isPending = (value: unknown): value is Pending => {
  const pending = value as Pending | null;
  return (
    typeof pending?.hash === 'string' &&
    /^0x[0-9a-f]{64}$/i.test(pending.hash) &&
    typeof pending.subject === 'string' &&
    Number.isFinite(pending.sentAtMs)
  );
};
type PendingKind = 'deposit' | 'mint' | 'publish' | 'pass';
const key = (kind: PendingKind, owner: string) => `intaglio.pending.${kind}.${owner}`;

/** The deposit in flight of an account (subject = memo), the mint of a work (subject = work id), the publishing of a version (both = its digest), or what is done about passes and what collections earned (both say what). */
export const readPending = (kind: PendingKind, owner: string) => readStored(key(kind, owner), isPending);
export function keepPending(kind: PendingKind, owner: string, pending: Pending | null): void {
  store(key(kind, owner), pending);
  for (const listener of listeners) listener(key(kind, owner));
}

const listeners = new Set<(changed: string) => void>();
/** Calls after each change of this one: what sent it may be off the page by the time the wallet has it. Returns how to stop. */
export function onPending(kind: PendingKind, owner: string, changed: () => void): () => void {
  const listener = (which: string) => which === key(kind, owner) && changed();
  listeners.add(listener);
  return () => listeners.delete(listener);
}
