/** More than this is not worth waiting for, and timers go wrong with what a hostile header may say. */
const LONGEST_MS = 300_000;
const LARGEST_HEADER = 40;

export const capWait = (ms: number): number => Math.min(Math.max(Math.ceil(ms), 0), LONGEST_MS);

/** The header `retry-after`, in seconds or as a date; undefined where there is none that can be read. */
export function retryAfterMs(headers: Record<string, string>, nowMs: number): number | undefined {
  const text = (headers['retry-after'] ?? '').slice(0, LARGEST_HEADER).trim();
  if (/^\d+(\.\d+)?$/.test(text)) return capWait(Number(text) * 1_000);
  const at = Date.parse(text);
  return /[A-Za-z]/.test(text) && Number.isFinite(at) ? capWait(at - nowMs) : undefined;
}
