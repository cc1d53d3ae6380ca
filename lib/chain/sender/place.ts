import type { Hex, PublicClient } from 'viem';
import type { Database } from '@/lib/db';
import type { Alerts } from './alerts';
import type { SettlementHandler } from './types';

/** The chain's newest block, as a turn of the loop found it. */
export type Head = { number: bigint; hash: Hex; baseFeeWei: bigint };

/** What a turn of the loop works with. */
export type Place = {
  db: Database;
  client: PublicClient;
  chainId: number;
  head: Head;
  handlers: SettlementHandler[];
  alerts: Alerts;
  limits: Limits;
};

export type Limits = {
  /** Blocks on top that make a block final; half of them make it safe. */
  confirmations: number;
  /** Never paid more than this for a unit of gas. */
  maxFeeWei: bigint;
  /** What was not mined after this is stuck. */
  stuckMs: number;
  /** A key with less than this is reported. */
  lowBalanceWei: bigint;
};
