/** Seconds before each try, from the one before it: the schedule of Standard Webhooks, three days and four hours in all. */
export const SCHEDULE_S: readonly number[] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
export const WHOLE_SCHEDULE_S = SCHEDULE_S.reduce((sum, seconds) => sum + seconds, 0);

const GONE = 410;

export type Outcome =
  | { state: 'delivered' }
  | { state: 'pending'; tries: number; afterSeconds: number }
  /** `gone`: the receiver wants no more of it. */
  | { state: 'failed'; gone: boolean };

/** What comes after a try, of which `tries` failed before. Only 2xx is a yes: where a redirect leads was never checked. */
export function outcomeOf(status: number | null, tries: number): Outcome {
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered' };
  if (status === GONE) return { state: 'failed', gone: true };
  const afterSeconds = SCHEDULE_S[tries + 1];
  return afterSeconds === undefined ? { state: 'failed', gone: false } : { state: 'pending', tries: tries + 1, afterSeconds };
}
