/** Spans that the pages offer, in days. */
export const USAGE_SPANS = [1, 7, 30, 90] as const;

export type UsageSpan = {
  days: (typeof USAGE_SPANS)[number];
  /** A day is drawn by the hour, more by the day. UTC. */
  bucket: 'hour' | 'day';
  from: string;
  to: string;
};

/** `site`: a run that was started on the pages. */
export type UsageDoor = string;

export type UsageFigures = {
  calls: number;
  /** Calls that were answered with an error. */
  errors: number;
  /** Half and 95 of a hundred calls were answered within this; null where there were none. */
  p50Ms: number | null;
  p95Ms: number | null;
  runs: number;
  delivered: number;
  /** What was paid for the delivered ones. */
  millicredits: string;
};
export type UsageGroup = UsageFigures & { id: string; name: string };
export type UsageDto = {
  span: UsageSpan;
  total: UsageFigures;
  /** None for a creator: keys are their owners' alone. */
  byKey: UsageGroup[];
  byModel: UsageGroup[];
  byDoor: UsageGroup[];
  /** Each hour or day of the span, also where nothing was. */
  buckets: UsageGroup[];
  errors: { code: string; calls: number }[];
};
