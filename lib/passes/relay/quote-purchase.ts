import 'server-only';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { newId } from '@/lib/ids';
import { readSale } from '../read-sale';
import type { buyInput } from '../tier-schema';
import { houseOffer } from './house-offer';
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
  const { expiresAtMs, valueMillicredits: refundMillicredits, ...offer } = await houseOffer(db, actor, { chainId, valueWei: priceWei, gas: BUY_GAS });
  const amounts = { passPriceWei: priceWei.toString(), priceMillicredits: offer.priceMillicredits, refundMillicredits };
  const receiver = to ?? (actor.address.toLowerCase() as `0x${string}`);
  return {
    token: sealPurchaseQuote({ quoteId: newId(), userId: actor.userId, chainId, collection, tierId, receiver, ...amounts, expiresAtMs }),
    ...amounts,
    gasWei: offer.gasWei,
    spendableMillicredits: offer.spendableMillicredits,
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}
