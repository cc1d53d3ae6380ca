/** What the person is asked to approve. Amounts are text, in ETH. */
export type WalletRequest =
  | { kind: 'message'; account: string; text: string }
  | { kind: 'transaction'; account: string; to: string | null; amount: string; fee: string; data: string };

export type Open = { request: WalletRequest; answer(approved: boolean): void };

let queue: Open[] = [];
const listeners = new Set<() => void>();

function change(next: Open[]): void {
  queue = next;
  for (const listener of listeners) listener();
}

/** Puts a request in line; resolves with what the person answered. */
export function enqueue(request: WalletRequest): Promise<boolean> {
  return new Promise((resolve) => {
    const open: Open = {
      request,
      answer(approved) {
        change(queue.filter((item) => item !== open));
        resolve(approved);
      },
    };
    change([...queue, open]);
  });
}

export const firstRequest = () => queue[0] ?? null;

export function onRequests(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
