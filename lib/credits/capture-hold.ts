import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { createBatcher } from '@/lib/jobs/batcher';
import type { Sql } from './accounts';
import { BATCH_TERMS } from './batch-terms';
import type { TransferCode } from './post-transfer';

/** One receiver: where its share goes when it was paid by card, and where when it cannot be charged back (often the same). */
export type Split = { pending: bigint; available: bigint; amountMillicredits: bigint; code: TransferCode };
export type Capture = { id: string; splits: Split[] };
/** How the collector's statement calls it. */
export type CaptureCode = 'run' | 'relay';
type Status = 'ok' | 'replay' | 'conflict' | 'ended';

/**
 * Captures a hold: its splits are paid, what is left of it goes back to its lots. In the caller's transaction or on its own.
 * Throws `conflict` (captured before with another amount, or the splits exceed the hold) or `wrong_state` (it was let go).
 */
export async function captureHold(sql: Sql, capture: Capture, code: CaptureCode): Promise<'ok' | 'replay'> {
  const [status] = await callCapture(sql, [capture], code);
  return accept(capture, status);
}

/** The same for many callers at once: captures that arrive while a call is on its way go out together in the next one. */
export function createCapturer(
  db: Pick<Database, 'pool'>,
  code: CaptureCode,
  batching = BATCH_TERMS,
): (capture: Capture) => Promise<'ok' | 'replay'> {
  const batch = createBatcher((captures: Capture[]) => callCapture(db.pool, captures, code), batching);
  return async (capture) => accept(capture, await batch(capture));
}

async function callCapture(sql: Sql, captures: Capture[], code: CaptureCode): Promise<Status[]> {
  const splits = captures.flatMap((capture, i) =>
    capture.splits.filter((s) => s.amountMillicredits > 0n).map((split) => ({ ...split, item: i + 1 })),
  );
  const { rows } = await sql.query<{ statuses: Status[] }>({
    name: 'ledger_capture_set',
    text: 'SELECT ledger.capture_set($1, $2, $3, $4, $5, $6, $7::ledger.transfer_code[])::text[] AS statuses',
    values: [
      captures.map((c) => c.id),
      code,
      splits.map((s) => s.item),
      splits.map((s) => s.pending),
      splits.map((s) => s.available),
      splits.map((s) => s.amountMillicredits),
      splits.map((s) => s.code),
    ],
  });
  return rows[0]?.statuses ?? [];
}

function accept({ id }: Capture, status: Status | undefined): 'ok' | 'replay' {
  if (status === 'conflict') throw new AppError('conflict', { details: { hold: id } });
  if (status !== 'ok' && status !== 'replay') throw new AppError('wrong_state', { details: { hold: id } });
  return status;
}

/** Lets a hold go, once. Returns false where it was captured or there is none. */
export async function releaseHold(sql: Sql, id: string): Promise<boolean> {
  const { rows } = await sql.query<{ status: string }>('SELECT status FROM ledger.release_set(ARRAY[$1::uuid])', [id]);
  return rows[0]?.status === 'ok' || rows[0]?.status === 'replay';
}

/** Puts off the end of an open hold to `ttlSeconds` from now. Returns whether it is open. */
export async function renewHold(sql: Sql, id: string, ttlSeconds: number): Promise<boolean> {
  const { rows } = await sql.query<{ open: boolean }>('SELECT ledger.renew_hold($1, make_interval(secs => $2)) AS open', [id, ttlSeconds]);
  return rows[0]?.open ?? false;
}
