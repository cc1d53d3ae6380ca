const codes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '08006'];

/** Whether an error only says that the database is not there: what was asked may have happened or not. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && codes.includes(error.code)) return true;
  return /Connection terminated|connection error and is not queryable|Client was closed/.test(error.message);
}
