import 'server-only';
import type { Actor } from '@/lib/actor';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient } from '@/lib/chain/client';
import { ethUsdCents } from '@/lib/chain/eth-price';
import { MAX_RELAYED_PRICE_WEI, priceOfWei, relayCost } from '@/lib/credits/price-relay';
import { getBalance } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

type Call = { chainId: number; valueWei: bigint; gas: bigint };

/** What the house sends a call about a pass for, in credits, at this moment. Throws `relay_too_dear`, `chain_unavailable`. */
export async function houseOffer(db: Database, actor: Actor, { chainId, valueWei, gas }: Call) {
  if (valueWei > MAX_RELAYED_PRICE_WEI) throw new AppError('relay_too_dear');
  const gasPriceWei = await publicClient()
    .getGasPrice()
    .catch((cause: unknown) => {
      throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
    });
  const rate = await ethUsdCents(publicClient(), chainId);
  const cost = relayCost({ valueWei, gas, gasPriceWei });
  return {
    priceMillicredits: priceOfWei(cost.totalWei, rate).toString(),
    /** Of that, what is for the value alone. */
    valueMillicredits: (cost.valueWei === 0n ? 0n : priceOfWei(cost.valueWei, rate)).toString(),
    gasWei: cost.gasWei.toString(),
    spendableMillicredits: (await getBalance(db, actor)).byBucket.onchain,
    expiresAtMs: Date.now() + env.QUOTE_SECONDS * 1000,
  };
}
