import type { Hex } from 'viem';
import { chainId } from '@/lib/chain/client';
import { deploymentOf } from '@/lib/chain/deployments';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

/** USDC on our chain. Throws `rail_unavailable` where there is none. */
export async function usdcToken(): Promise<Hex> {
  const token = env.USDC_TOKEN ?? deploymentOf(await chainId()).standIns?.usdc;
  if (!token) throw new AppError('rail_unavailable');
  return token;
}
