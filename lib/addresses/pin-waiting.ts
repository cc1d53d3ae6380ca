import { raiseAlert } from '@/lib/alerts/raise-alert';
import { type Database, inTransaction } from '@/lib/db';
import { log } from '@/lib/log';
import { findPublicFile } from '@/lib/mint/public-file';
import { addToKubo, CidMismatch, type KuboRpc } from './kubo';

const AT_ONCE = 20;
/** While a worker tries, no other one does; a killed worker's files are tried again after this. */
const TRY_SECONDS = 300;
/** Waits double from one attempt to the next, up to an hour. */
const FIRST_WAIT_SECONDS = 10;
const LONGEST_WAIT_SECONDS = 3600;
/** About an hour after the first attempt. */
const ALERT_AFTER_ATTEMPTS = 9;

/** Nothing is wrong with the node. It is looked at again, since a mint or a work can come back. */
class NotPublic extends Error {}

type Taken = { cid: string; attempts: number };

/** Tries every file whose turn it is, one after the other. Returns how many the node has now. */
export async function pinWaiting(db: Database, rpc: KuboRpc): Promise<number> {
  const { rows } = await db.pool.query<Taken>(
    `UPDATE pin SET attempts = attempts + 1, look_at = now() + make_interval(secs => $2)
      WHERE cid IN (SELECT cid FROM pin WHERE state = 'waiting' AND look_at <= now() ORDER BY look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
      RETURNING cid, attempts`,
    [AT_ONCE, TRY_SECONDS],
  );
  let pinned = 0;
  for (const taken of rows) pinned += await pinOne(db, rpc, taken);
  return pinned;
}

async function pinOne(db: Database, rpc: KuboRpc, taken: Taken): Promise<0 | 1> {
  try {
    const file = await findPublicFile(db, taken.cid);
    if (!file) throw new NotPublic('this file is not public now: a fork took the mint back, or it was taken down');
    await addToKubo(rpc, { cid: taken.cid, bytes: await file.read() });
  } catch (thrown) {
    await putOff(db, taken, thrown);
    return 0;
  }
  await db.pool.query(`UPDATE pin SET state = 'pinned', pinned_at = now(), error = NULL WHERE cid = $1 AND state = 'waiting'`, [taken.cid]);
  return 1;
}

async function putOff({ pool }: Database, { cid, attempts }: Taken, thrown: unknown): Promise<void> {
  const error = thrown instanceof Error ? thrown.message.slice(0, 300) : 'unknown';
  const mismatched = thrown instanceof CidMismatch;
  const waitSeconds = Math.min(FIRST_WAIT_SECONDS * 2 ** (attempts - 1), LONGEST_WAIT_SECONDS);
  log.warn({ cid, attempts, error }, 'not pinned');
  await inTransaction(pool, async (tx) => {
    await tx.query(
      `UPDATE pin SET error = $2, state = CASE WHEN $3 THEN 'mismatched'::pin_state ELSE state END, look_at = now() + make_interval(secs => $4)
        WHERE cid = $1 AND state = 'waiting'`,
      [cid, error, mismatched, waitSeconds],
    );
    if (mismatched) await raiseAlert(tx, { key: `pin-mismatch:${cid}`, kind: 'pin_mismatch', text: MISMATCH, details: { cid, error } });
    else if (attempts === ALERT_AFTER_ATTEMPTS && !(thrown instanceof NotPublic))
      await raiseAlert(tx, { key: `pin-failed:${cid}`, kind: 'pin_failed', text: FAILED, details: { cid, error } });
  });
}

const MISMATCH =
  'The IPFS node made another CID of a file than the token names, so it does not keep that file. Look at its import settings; the file is not tried again.';
const FAILED = 'The IPFS node has not taken a file for an hour. It is tried again every hour; look whether the node runs and has room.';
