const MEGABYTE = 1024 * 1024;

/** What an adapter waits for and takes at most. One object, so that a test can shorten it. */
export const limits = {
  /** Until a queue has taken a run. */
  submitMs: 30_000,
  /** Until an endpoint that answers with the picture has made it. */
  makeMs: 180_000,
  pollMs: 15_000,
  checkMs: 15_000,
  fileMs: 60_000,
  /** How old a job is, an adapter does not know. A webhook wakes the driver earlier. */
  pollAfterMs: 1_000,
  fileBytes: 64 * MEGABYTE,
  /** An answer may hold the file itself, as base64. */
  answerBytes: 88 * MEGABYTE,
  smallAnswerBytes: MEGABYTE,
};
