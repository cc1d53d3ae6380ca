import type { Hex, PublicClient } from 'viem';
import type { Database } from '@/lib/db';
import type { ChainHandler } from '../types';

export type Head = { number: bigint; hash: Hex };
export type Place = {
  db: Database;
  client: PublicClient;
  chainId: number;
  handlers: ChainHandler[];
  confirmations: number;
  embedded: boolean;
  startBlock: bigint;
};
/** 'busy': another process is at it, or the provider is behind; the next run sees. */
export type Outcome = 'applied' | 'rolled back' | 'up to date' | 'busy' | 'halted';
