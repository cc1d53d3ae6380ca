import { usdcOf } from '@/lib/chain/usdc';
import type { Unit } from '../schema';
import type { TillAsset } from './read-till';

/** What amounts of an asset are told in. */
export function assetUnit(chainId: number, asset: TillAsset): NonNullable<Unit> {
  if (asset === 'eth') return 'wei';
  return asset === usdcOf(chainId) ? 'usdc' : 'token units';
}
