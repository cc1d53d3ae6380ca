import 'server-only';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient } from '@/lib/chain/client';
import { ethUsdCents } from '@/lib/chain/eth-price';
import { MAX_RELAYED_PRICE_WEI, priceOfWei, relayCost } from '@/lib/credits/price-relay';
import { getBalance } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { readSale } from '../read-sale';
import type { buyInput } from '../tier-schema';
import { sealPurchaseQuote } from './purchase-quote';
import type { PassOfferDto } from './schema';

/** 86,763 (contracts/snapshots/gas.json), and some 60,000 more for a gift of a tier with a window and a creator's first sale. */
export const BUY_GAS = 150_000n;

/**
 * What it costs, in credits, that the house buys a pass for somebody, as a gift too. Stands for QUOTE_SECONDS; costs nothing and reserves nothing.
 * Throws `not_found`, `pass_sale_closed`, `pass_sold_out`, `relay_too_dear`, `chain_unavailable`.
 */
export async function quotePurchase(db: Database, actor: Actor, { collection, tierId, to }: z.output<typeof buyInput>): Promise<PassOfferDto> {
  const { chainId, priceWei } = await readSale(db, { collection, tierId });
  if (priceWei > MAX_RELAYED_PRICE_WEI) throw new AppError('relay_too_dear');
  const gasPriceWei = await publicClient()
    .getGasPrice()
    .catch((cause: unknown) => {
      throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
    });
  const rate = await ethUsdCents(publicClient(), chainId);
  const cost = relayCost({ valueWei: priceWei, gas: BUY_GAS, gasPriceWei });
  const price = priceOfWei(cost.totalWei, rate);
  const refund = cost.valueWei === 0n ? 0n : priceOfWei(cost.valueWei, rate);
  const expiresAtMs = Date.now() + env.QUOTE_SECONDS * 1000;
  const amounts = { passPriceWei: priceWei.toString(), priceMillicredits: price.toString(), refundMillicredits: refund.toString() };
  const receiver = to ?? (actor.address.toLowerCase() as `0x${string}`);
  return {
    token: sealPurchaseQuote({ quoteId: newId(), userId: actor.userId, chainId, collection, tierId, receiver, ...amounts, expiresAtMs }),
    ...amounts,
    gasWei: cost.gasWei.toString(),
    spendableMillicredits: (await getBalance(db, actor)).byBucket.onchain,
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}
