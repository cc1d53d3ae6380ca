import type { Hex } from 'viem';
import { chainId } from '@/lib/chain/client';
import { usdcOf } from '@/lib/chain/usdc';
import { AppError } from '@/lib/errors';

/** USDC on our chain. Throws `rail_unavailable` where there is none. */
export async function usdcToken(): Promise<Hex> {
  const token = usdcOf(await chainId());
  if (!token) throw new AppError('rail_unavailable');
  return token;
}
