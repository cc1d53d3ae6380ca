/** A failure whose message already says what to do; shown without a stack. */
export class LauncherError extends Error {
  override name = 'LauncherError';
}

export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const advice: Record<string, string> = {
  ENOSPC: 'The disk is full. Make room (at least 1 GB) and start again; nothing stored so far is lost.',
  EACCES: 'A permission is missing. Run as the owner of the folder, or choose one of your own: DATA_DIR=~/intaglio-data npm start',
  EROFS: 'The disk is read-only. Choose a writable folder: DATA_DIR=~/intaglio-data npm start',
  EMFILE: 'Too many open files are not allowed here. Raise the limit: ulimit -n 4096',
};

/** What to print for any thrown value: our own messages as they are, the system's with what to do, others with their stack. */
export function describeError(error: unknown): string {
  if (error instanceof LauncherError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const hint = advice[errorCode(error) ?? ''];
  return hint ? `${error.message}\n${hint}` : (error.stack ?? error.message);
}
