import 'server-only';
import type { Hex, PublicClient } from 'viem';
import { type EthPrice, ethPrice } from '@/lib/chain/eth-price';
import { usdcOf } from '@/lib/chain/usdc';
import { AppError } from '@/lib/errors';
import type { DepositAsset } from './schema';

/** What payments are worth now: read outside transactions, used inside them. */
export type DepositTerms = {
  /** Lowercase address of USDC on the chain; null where the till takes none. */
  usdc: Hex | null;
  /** Null while the feed cannot be believed: payments without a quote then wait for it. */
  price: EthPrice | null;
};

export async function readDepositTerms(client: PublicClient, chainId: number): Promise<DepositTerms> {
  return { usdc: usdcOf(chainId), price: await ethPrice(client, chainId).catch(noPrice) };
}

export const assetOf = (token: Hex | null, { usdc }: Pick<DepositTerms, 'usdc'>): DepositAsset =>
  token === null ? 'eth' : token === usdc ? 'usdc' : 'other';

function noPrice(error: unknown): null {
  if (error instanceof AppError && error.code === 'price_unavailable') return null;
  throw error;
}
