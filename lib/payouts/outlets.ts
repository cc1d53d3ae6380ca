import 'server-only';
import { chainId, publicClient } from '@/lib/chain/client';
import { ethPrice } from '@/lib/chain/eth-price';
import type { Database } from '@/lib/db';
import { openConnectApi } from '@/lib/stripe/open-connect-api';
import { chainRail, etherCall, tokenCall } from './rails/chain-rail';
import { connectRail } from './rails/connect-rail';
import { usdcToken } from './rails/usdc-token';
import type { PayoutOutlets } from './send-payout';

/** The ways out of this server: Stripe Connect, and the treasury on the chain at RPC_URL. */
export function payoutOutlets(db: Database): PayoutOutlets {
  return {
    rails: {
      connect: connectRail(() => openConnectApi()),
      eth: chainRail(db, { chainId, callFor: async (payout) => etherCall(payout) }),
      usdc: chainRail(db, { chainId, callFor: async (payout) => tokenCall(await usdcToken(), payout) }),
    },
    ethRate: async () => ethPrice(publicClient(), await chainId()),
  };
}
