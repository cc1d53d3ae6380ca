const DAY_MS = 24 * 3600_000;

/** Spans of days that the earnings page offers. */
export const SPANS = [30, 90, 365] as const;

export type EarningsSpan = { days: number; fromDay: string; toDay: string };

/** The last `days` UTC days, today included; the shortest span for anything that is not one of ours. */
export function readSpan(days: string | undefined, nowMs = Date.now()): EarningsSpan {
  const chosen = SPANS.find((span) => String(span) === days) ?? SPANS[0];
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { days: chosen, fromDay: day(nowMs - (chosen - 1) * DAY_MS), toDay: day(nowMs) };
}
