import 'server-only';
import type { PublicClient } from 'viem';
import { deploymentOf } from '@/lib/chain/deployments';
import type { ChainHandler } from '@/lib/chain/types';
import { env } from '@/lib/env';
import { applyDeposits } from './apply-deposit';
import { dueDeposits } from './credit-deposits';
import { type DepositTerms, readDepositTerms } from './deposit-terms';
import { priceDeposits } from './price-deposits';
import { reverseDeposits } from './reverse-deposits';

type ReadTerms = (client: PublicClient, chainId: number) => Promise<DepositTerms>;

/** Till payments: seen with their block, credited at CONFIRMATIONS blocks on top, taken back when their block is. */
export function depositHandler(readTerms: ReadTerms = readDepositTerms): ChainHandler {
  let terms: DepositTerms = { usdc: null, price: null };
  return {
    name: 'deposits',
    addresses: async (_db, chainId) => deploymentOf(chainId).all('till'),
    prepare: async (client, chainId) => {
      terms = await readTerms(client, chainId);
    },
    apply: (tx, block) => applyDeposits(tx, block, terms),
    undo: reverseDeposits,
    compensate: reverseDeposits,
    settle: async (tx, chainId, headNumber) => {
      await priceDeposits(tx, chainId, terms.price);
      return dueDeposits(tx, chainId, headNumber - BigInt(env.CONFIRMATIONS));
    },
  };
}

export const chainHandlers: ChainHandler[] = [depositHandler()];
