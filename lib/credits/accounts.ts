import type { Pool, PoolClient } from 'pg';
import type { Database } from '@/lib/db';

/** README.md says what each is for, who owns it and what its `sub` is. */
export type AccountKind =
  | 'card_clearing'
  | 'till_clearing'
  | 'promotion'
  | 'write_off'
  | 'collector_debt'
  | `collector_${Bucket}`
  | 'dispute_reserve'
  | 'creator_pending'
  | 'creator_available'
  | 'platform_fee'
  | 'relay_fee'
  | 'payout_clearing'
  | 'paid_out'
  | 'float_source'
  | 'relayer_float'
  | 'gas_spent'
  | 'runs_granted'
  | 'pass_runs'
  | 'runs_used';

/** What a collector's lot was paid with. */
export type Bucket = 'bonus' | 'purchased' | 'onchain';

/** What an account counts in: millicredits, gwei of ETH, or runs that passes include. */
export const ASSET = { credits: 1, gwei: 2, runs: 3 } as const;

/** A pool, or a client inside a transaction. */
export type Sql = Pool | PoolClient;

/** Account id of (kind, owner, sub), opened at first use. Owner is a user's id, or 'house' for the platform's own. */
export async function openAccount(
  sql: Sql,
  kind: AccountKind,
  owner: string,
  { sub = '', asset = ASSET.credits, expiresAt }: { sub?: string; asset?: number; expiresAt?: Date } = {},
): Promise<bigint> {
  const { rows } = await sql.query<{ id: string }>('SELECT ledger.open_account($1, $2, $3, $4::smallint, $5) AS id', [
    kind,
    owner,
    sub,
    asset,
    expiresAt ?? null,
  ]);
  return BigInt(rows[0]?.id ?? '0');
}

/** Purse id of a collector, or of a pass, opened at first use: what holds are made on. */
export async function openPurse(sql: Sql, owner: string, asset: number = ASSET.credits): Promise<bigint> {
  const { rows } = await sql.query<{ id: string }>('SELECT ledger.open_purse($1, $2::smallint) AS id', [owner, asset]);
  return BigInt(rows[0]?.id ?? '0');
}

const kept = new WeakMap<Pool, Map<string, Promise<bigint>>>();

/** Ids never change: one look-up a process. A failed look-up is not kept. */
function once({ pool }: Pick<Database, 'pool'>, key: string, look: (pool: Pool) => Promise<bigint>): Promise<bigint> {
  const ids = kept.get(pool) ?? new Map<string, Promise<bigint>>();
  kept.set(pool, ids);
  const known = ids.get(key) ?? look(pool);
  ids.set(key, known);
  known.catch(() => ids.delete(key));
  return known;
}

export const purseOf = (db: Pick<Database, 'pool'>, userId: string) => once(db, `purse|${userId}`, (pool) => openPurse(pool, userId));
/** An account of the house, or a creator's: one of those that many runs pay. */
export const accountOf = (db: Pick<Database, 'pool'>, kind: AccountKind, owner: string) =>
  once(db, `${kind}|${owner}`, (pool) => openAccount(pool, kind, owner));

/** Millicredits (or gwei) of an account: `posted` in all, `available` of them not held. */
export async function balanceOf(sql: Sql, account: bigint): Promise<{ available: bigint; posted: bigint }> {
  const { rows } = await sql.query<{ available: string; posted: string }>('SELECT available, posted FROM ledger.balance($1)', [account]);
  return { available: BigInt(rows[0]?.available ?? 0), posted: BigInt(rows[0]?.posted ?? 0) };
}
