import type pg from 'pg';
import { inTransaction, openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { newId } from '@/lib/ids';
import { waitFor } from '@/scripts/lib/wait';
import { type Bucket, openAccount } from '../accounts';
import { captureHold, type Split } from '../capture-hold';
import { creditCollector } from '../credit-collector';
import { type HoldTerms, holdCredits } from '../hold-credits';
import type { TransferCode } from '../post-transfer';

const SOURCE = { bonus: ['promotion', 'grant'], purchased: ['card_clearing', 'purchase'], onchain: ['till_clearing', 'deposit'] } as const;

/** The ledger of a test file's own database, and short ways to say what a test is about. */
export type TestBooks = ReturnType<typeof openTestBooks>;

export function openTestBooks() {
  const db = openDatabase(env.DATABASE_URL, 20);
  const owner = openDatabase(env.DATABASE_OWNER_URL ?? '', 4);
  const { pool } = db;
  const within = <T>(work: (tx: pg.PoolClient) => Promise<T>) => inTransaction(pool, work);
  return {
    db,
    pool,
    /** The tables' owner, for what the app may not do. */
    owner: owner.pool,
    close: async () => {
      await db.close();
      await owner.close();
    },
    within,
    /** Credits of their own lot, named by the returned ref. */
    give: async (
      userId: string,
      bucket: Bucket,
      amountMillicredits: bigint,
      { ref = newId(), expiresAt }: { ref?: string; expiresAt?: Date } = {},
    ) => {
      const [kind, code] = SOURCE[bucket];
      const debit = await openAccount(pool, kind, 'house');
      await within((tx) => creditCollector(tx, { ref, userId, bucket, debit, amountMillicredits, code, expiresAt }));
      return ref;
    },
    hold: async (userId: string, amountMillicredits: bigint, terms: Partial<HoldTerms> & { id?: string } = {}) => {
      const { id = newId(), ...rest } = terms;
      await holdCredits(pool, { id, userId, amountMillicredits, ttlSeconds: 900, ...rest });
      return id;
    },
    capture: (id: string, ...splits: Split[]) => captureHold(pool, { id, splits }, 'run'),
    /** A share of a creator: what was paid by card pends. */
    share: async (creator: string, amountMillicredits: bigint, code: TransferCode = 'run_creator'): Promise<Split> => ({
      pending: await openAccount(pool, 'creator_pending', creator, { sub: '2026-11-24' }),
      available: await openAccount(pool, 'creator_available', creator),
      amountMillicredits,
      code,
    }),
    fee: async (amountMillicredits: bigint): Promise<Split> => {
      const fee = await openAccount(pool, 'platform_fee', 'house');
      return { pending: fee, available: fee, amountMillicredits, code: 'run_fee' };
    },
    /** What is free, set aside and there in all in one lot. */
    lot: async (ref: string) => {
      const { rows } = await pool.query<Record<'free' | 'held' | 'posted', string> & { spent: boolean }>(
        `SELECT credits_posted - debits_posted - debits_pending AS free, debits_pending AS held, credits_posted - debits_posted AS posted, spent
           FROM ledger.account WHERE sub = $1 AND purse_id IS NOT NULL`,
        [ref],
      );
      return { free: Number(rows[0]?.free), held: Number(rows[0]?.held), posted: Number(rows[0]?.posted), spent: rows[0]?.spent };
    },
    /** The legs of a hold: the refs of its lots, and how much of each. */
    legs: async (id: string) => {
      const { rows } = await pool.query<{ sub: string; amount: string }>(
        `SELECT a.sub, x.amount FROM ledger.hold h, unnest(h.lots, h.amounts) WITH ORDINALITY x(lot, amount, ord)
           JOIN ledger.account a ON a.id = x.lot WHERE h.id = $1 ORDER BY x.ord`,
        [id],
      );
      return rows.map((row) => [row.sub, Number(row.amount)]);
    },
    stateOf: async (id: string) => (await pool.query<{ state: string }>('SELECT state FROM ledger.hold WHERE id = $1', [id])).rows[0]?.state,
    /** What an account has in all. */
    posted: async (id: bigint) => Number((await pool.query<{ posted: string }>('SELECT posted FROM ledger.balance($1)', [id])).rows[0]?.posted),
    /** Settles when a connection to this database waits for a lock. */
    untilSomeoneWaits: async (n = 1) => {
      const sql = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      const waiting = await waitFor(async () => ((await pool.query(sql)).rowCount === n ? true : undefined), 30_000, 5);
      if (!waiting) throw new Error('nobody waits for a lock');
    },
    audit: async () => (await pool.query('SELECT * FROM ledger.audit')).rows,
  };
}

/** Someone nobody else in this database is. */
export const someone = (name = 'collector') => `${name} ${newId()}`;

/** The collector of an id, as the actor of the queries. */
export const actorOf = (userId: string) => ({ userId, address: '0x0000000000000000000000000000000000000001' as const, sessionId: newId() });
