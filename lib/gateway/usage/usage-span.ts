import { USAGE_SPANS, type UsageSpan } from './schema';

const HOUR_MS = 3_600_000;
const STEP_MS = { hour: HOUR_MS, day: 24 * HOUR_MS };

/** The last `days`, up to the end of the hour or day that is now; a week for anything that is not one of ours. */
export function readUsageSpan(days: string | null | undefined, nowMs = Date.now()): UsageSpan {
  const chosen = USAGE_SPANS.find((span) => String(span) === days) ?? 7;
  const bucket = chosen === 1 ? 'hour' : 'day';
  const step = STEP_MS[bucket];
  const end = (Math.floor(nowMs / step) + 1) * step;
  return { days: chosen, bucket, from: new Date(end - chosen * STEP_MS.day).toISOString(), to: new Date(end).toISOString() };
}

/** When each hour or day of a span begins. */
export function bucketsOf({ bucket, from, to }: UsageSpan): string[] {
  const starts: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += STEP_MS[bucket]) starts.push(new Date(at).toISOString());
  return starts;
}
