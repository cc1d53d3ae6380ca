/** A failure whose message already says what to do; shown without a stack. */
export class LauncherError extends Error {
  override name = 'LauncherError';
}

export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** What to print for any thrown value: our own messages as they are, others with their stack. */
export function describeError(error: unknown): string {
  if (error instanceof LauncherError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
