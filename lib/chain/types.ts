import type { PoolClient } from 'pg';
import type { Hex, PublicClient } from 'viem';
import type { Database } from '@/lib/db';

/** A log of one of a handler's contracts. Addresses and hashes are lowercase hex; `ordinal` is its place among all logs of its transaction. */
export type ChainLog = { address: Hex; topics: Hex[]; data: Hex; txHash: Hex; ordinal: number };

/** A block as the indexer applies it; `at` is the block's own time. `logs` are in chain order. */
export type IndexedBlock = { chainId: number; number: bigint; hash: Hex; parentHash: Hex; at: Date; logs: ChainLog[] };

/** Credits that wait to be posted, of rows that are locked: whose they are, and which other accounts they move. */
export type Postings = { owners: string[]; accounts: bigint[]; post(): Promise<void> };

/**
 * What a domain does with chain facts. The indexer calls apply, undo and settle inside the transaction that moves its cursor, so
 * that cursor and effects hold or fall together; they do no network calls.
 */
export type ChainHandler = {
  name: string;
  /** Contracts whose logs it wants, lowercase. */
  addresses(db: Database, chainId: number): Promise<Hex[]>;
  /** Whether to believe a log; may ask the chain. Left out: all logs of its addresses. */
  accepts?(client: PublicClient, chainId: number, log: ChainLog): Promise<boolean>;
  /** Runs before each transaction that applies or settles: may ask the network for what these will need. */
  prepare?(client: PublicClient, chainId: number): Promise<void>;
  /** Writes what a block says. `block.logs` holds logs of this handler's addresses only. */
  apply(tx: PoolClient, block: IndexedBlock): Promise<void>;
  /** Takes back what blocks above `blockNumber` said. */
  undo(tx: PoolClient, chainId: number, blockNumber: bigint): Promise<void>;
  /**
   * Takes back what cannot wait for an operator when a fork is deeper than it may be (money), and leaves the rest. After that the chain is
   * not indexed until an operator has acknowledged it; then `undo` follows, with the same number or a lower one.
   */
  compensate?(tx: PoolClient, chainId: number, blockNumber: bigint): Promise<void>;
  /**
   * Runs after the cursor has moved to `headNumber`: for what waits for depth. What credits it moves it only names: they are locked together with those of
   * the other handlers, in the one order, and posted then. A capture of two of these people would else wait for one while the other waits for it.
   */
  settle?(tx: PoolClient, chainId: number, headNumber: bigint): Promise<Postings | null>;
};
