/** Whether the list of accounts is open, and where it reads balances. */
type Panel = { rpcPath: string };

let panel: Panel | null = null;
const listeners = new Set<() => void>();

export const accountsPanel = () => panel;

export function showAccounts(next: Panel | null): void {
  panel = next;
  for (const listener of listeners) listener();
}

export function onAccountsPanel(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
