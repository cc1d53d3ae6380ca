import type { PoolClient } from 'pg';
import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import type { ErrorCode } from '@/lib/errors';

/** What a transaction does, whoever signs it and whatever it costs. */
export type ChainCall = { to: Hex; data: Hex; valueWei: bigint };

/** How a transaction ended: `safe` did what it should, `reverted` was mined and undid itself, `refused` never happened (it may have been cancelled). */
export type Outcome = 'safe' | 'reverted' | 'refused';

export type Settlement = {
  id: string;
  /** The `ref` it was queued with. */
  ref: string;
  chainId: number;
  keyId: string;
  outcome: Outcome;
  /** Wei the key has paid for gas, of whatever was mined with its nonce; 0 where it took none. */
  gasWei: bigint;
  /** Wei that left with the call: its value when it is safe, else 0. */
  valueWei: bigint;
  /** What was mined, if anything was. */
  txHash: Hex | null;
  /** Why it was refused, or that it reverted. */
  error: string | null;
};

/** Purpose of transactions that do nothing but use up a nonce that others wait for. A handler is welcome, not needed. */
export const FILL = 'fill';

/** Why a transaction was refused that needs more gas than it may cost; a code of lib/errors.ts. */
export const TOO_MUCH_GAS: ErrorCode = 'too_much_gas';

/** Gas of a transfer to somebody's address: some five times what an account or a common wallet contract takes. */
export const TRANSFER_MAX_GAS = 100_000n;

/** What a domain does with the transactions of its purpose. */
export type SettlementHandler = {
  purpose: string;
  /** Runs once for each transaction, inside the database transaction that ends it; no network calls. */
  onSettled(tx: PoolClient, settlement: Settlement): Promise<void>;
  /**
   * Makes the call anew, just before it takes a nonce: for what gets stale while it waits (a voucher's deadline). An AppError refuses it,
   * anything else is tried again. Left out: what was queued is sent.
   */
  renewCall?(db: Database, ref: string): Promise<ChainCall>;
};
