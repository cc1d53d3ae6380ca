import { raiseAlert } from '@/lib/alerts/raise-alert';
import { type Database, inTransaction } from '@/lib/db';
import { log } from '@/lib/log';
import { findPublicFile } from '@/lib/mint/public-file';
import { addToKubo, CidMismatch, type KuboRpc, removeFromKubo } from './kubo';

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

/** Where a pin stands and where it goes; `undone`: what is left to do where somebody wanted the opposite meanwhile, and was told that it is so. */
const STEPS = {
  waiting: { act: pin, to: 'pinned', undone: ['unpinned', 'unpinning'] },
  unpinning: { act: unpin, to: 'unpinned', undone: ['pinned', 'waiting'] },
} as const;
type Taken = { cid: string; state: keyof typeof STEPS; attempts: number };

/** Tries every file whose turn it is, one after the other. Returns how many the node took or let go of. */
export async function tryPins(db: Database, rpc: KuboRpc): Promise<number> {
  const { rows } = await db.pool.query<Taken>(
    `UPDATE pin SET attempts = attempts + 1, look_at = now() + make_interval(secs => $2)
      WHERE cid IN (SELECT cid FROM pin WHERE state IN ('waiting', 'unpinning') AND look_at <= now() ORDER BY look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
      RETURNING cid, state, attempts`,
    [AT_ONCE, TRY_SECONDS],
  );
  let done = 0;
  for (const taken of rows) done += await tryOne(db, rpc, taken);
  return done;
}

async function tryOne(db: Database, rpc: KuboRpc, taken: Taken): Promise<0 | 1> {
  const begun = await begin(db, taken);
  if (!begun) return 0;
  try {
    await STEPS[taken.state].act(db, rpc, taken.cid);
  } catch (thrown) {
    await putOff(db, taken, thrown);
    return 0;
  }
  return settle(db, taken, begun.others_until);
}

/**
 * `others_until`: another worker began before and has not ended, since it is being answered or was killed; until then the node may still do what it was told.
 * Null where somebody wants the opposite now.
 */
async function begin({ pool }: Database, { cid, state }: Taken): Promise<{ others_until: Date | null } | null> {
  const { rows } = await pool.query<{ others_until: Date | null }>(
    `UPDATE pin SET trying_until = now() + make_interval(secs => $3)
       FROM (SELECT cid, trying_until FROM pin WHERE cid = $1 FOR UPDATE) before
      WHERE pin.cid = before.cid AND pin.state = $2::pin_state
      RETURNING CASE WHEN before.trying_until > now() THEN before.trying_until END AS others_until`,
    [cid, state, TRY_SECONDS],
  );
  return rows[0] ?? null;
}

async function pin(db: Database, rpc: KuboRpc, cid: string): Promise<void> {
  const file = await findPublicFile(db, cid);
  if (!file) throw new NotPublic('this file is not public now: a fork took the mint back, or it was taken down');
  await addToKubo(rpc, { cid, bytes: await file.read() });
}

async function unpin(_db: Database, rpc: KuboRpc, cid: string): Promise<void> {
  await removeFromKubo(rpc, cid);
}

/**
 * A takedown, or its end, can come while the node is being told the opposite, and be done before that is: then it is done again, by whoever is answered
 * late, or, where that worker was killed, once it must be over.
 */
async function settle({ pool }: Database, { cid, state }: Taken, othersUntil: Date | null): Promise<0 | 1> {
  const { to, undone } = STEPS[state];
  const { rowCount } = await pool.query(
    `UPDATE pin SET state = $3::pin_state, pinned_at = CASE $3 WHEN 'pinned' THEN now() END, error = NULL, trying_until = NULL,
                    look_at = coalesce($4::timestamptz, look_at)
      WHERE cid = $1 AND state = $2::pin_state`,
    [cid, state, othersUntil ? state : to, othersUntil],
  );
  if (rowCount === 1) return 1;
  await pool.query(
    `UPDATE pin SET state = $3::pin_state, pinned_at = NULL, look_at = now(), trying_until = NULL WHERE cid = $1 AND state IN ($2::pin_state, $3::pin_state)`,
    [cid, ...undone],
  );
  return 0;
}

async function putOff({ pool }: Database, { cid, state, attempts }: Taken, thrown: unknown): Promise<void> {
  const error = thrown instanceof Error ? thrown.message.slice(0, 300) : 'unknown';
  const mismatched = thrown instanceof CidMismatch;
  const waitSeconds = Math.min(FIRST_WAIT_SECONDS * 2 ** (attempts - 1), LONGEST_WAIT_SECONDS);
  log.warn({ cid, state, attempts, error }, 'not pinned, or not unpinned');
  await inTransaction(pool, async (tx) => {
    await tx.query(
      `UPDATE pin SET error = $2, trying_until = NULL, state = CASE WHEN $3 THEN 'mismatched'::pin_state ELSE state END, look_at = now() + make_interval(secs => $4)
        WHERE cid = $1 AND state = $5::pin_state`,
      [cid, error, mismatched, waitSeconds, state],
    );
    const alert = mismatched ? MISMATCHED : attempts === ALERT_AFTER_ATTEMPTS && !(thrown instanceof NotPublic) ? FAILED[state] : null;
    if (alert) await raiseAlert(tx, { key: `${alert.kind.replace('_', '-')}:${cid}`, ...alert, details: { cid, error } });
  });
}

const MISMATCHED = {
  kind: 'pin_mismatch',
  text: 'The IPFS node made another CID of a file than the token names, so it does not keep that file. Look at its import settings; the file is not tried again.',
};
const FAILED = {
  waiting: {
    kind: 'pin_failed',
    text: 'The IPFS node has not taken a file for an hour. It is tried again every hour; look whether the node runs and has room.',
  },
  unpinning: {
    kind: 'unpin_failed',
    text: 'The IPFS node has not let go of a file of a work that was taken down, for an hour. It is tried again every hour; look whether the node runs.',
  },
};
