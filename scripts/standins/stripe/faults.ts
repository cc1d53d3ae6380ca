/**
 * What a test can make go wrong with the next matching calls. `error`: 500, nothing done, remembered under the idempotency key as live.
 * `drop`: the work is done and its answer never leaves. `refuse`: the connection ends before anything happens. `limit`: 429, not remembered.
 */
export type FaultKind = 'error' | 'drop' | 'refuse' | 'limit';
export type PlannedFault = { method: string; path: string; kind: FaultKind; times: number };

/** Takes one planned fault for this call, if there is one. `path` is a prefix. */
export function takeFault(planned: PlannedFault[], method: string, path: string): FaultKind | null {
  const found = planned.find((fault) => fault.times > 0 && fault.method === method && path.startsWith(fault.path));
  if (!found) return null;
  found.times -= 1;
  return found.kind;
}
