import 'server-only';
import type { Hex } from 'viem';
import { env } from '@/lib/env';
import { deploymentOf } from './deployments';

/** USDC on the chain, lowercase: the setting, or the local chain's stand-in; null where there is none. */
export const usdcOf = (chainId: number): Hex | null => env.USDC_TOKEN ?? deploymentOf(chainId).standIns?.usdc ?? null;
