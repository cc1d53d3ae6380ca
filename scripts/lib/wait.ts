import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is not undefined; undefined itself after the time limit. */
export async function waitFor<T>(ask: () => Promise<T | undefined> | T | undefined, timeoutMs: number, intervalMs = 50): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() >= deadline) return undefined;
    await sleep(intervalMs);
  }
}
