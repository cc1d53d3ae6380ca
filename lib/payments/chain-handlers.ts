import 'server-only';
import { deploymentOf } from '@/lib/chain/deployments';
import type { ChainHandler } from '@/lib/chain/types';
import { env } from '@/lib/env';
import { applyDeposits } from './apply-deposit';
import { creditDeposits } from './credit-deposits';
import { reverseDeposits } from './reverse-deposits';

/** Till payments: seen with their block, credited at CONFIRMATIONS blocks on top, taken back when their block is. */
export const chainHandlers: ChainHandler[] = [
  {
    name: 'deposits',
    addresses: async (_db, chainId) => deploymentOf(chainId).all('till'),
    apply: (tx, block) => applyDeposits(tx, block, env.ETH_USD_CENTS),
    undo: reverseDeposits,
    settle: (tx, chainId, headNumber) => creditDeposits(tx, chainId, headNumber - BigInt(env.CONFIRMATIONS)),
  },
];
