import 'server-only';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { newId } from '@/lib/ids';
import { readRenewal } from '../read-renewal';
import type { renewInput } from '../tier-schema';
import { houseOffer } from './house-offer';
import { sealRenewalQuote } from './renewal-quote';
import type { RenewalOfferDto } from './schema';

/** 39,092 (contracts/snapshots/gas.json), and as much again as half of it for what that did not meet. */
export const RENEW_GAS = 60_000n;

/**
 * What it costs, in credits, that the house makes a pass last longer; anyone may pay. Stands for QUOTE_SECONDS; costs nothing and fixes nothing.
 * Throws `not_found`, `pass_not_renewable`, `relay_too_dear`, `chain_unavailable`.
 */
export async function quoteRenewal(db: Database, actor: Actor, { passId, times }: z.output<typeof renewInput>): Promise<RenewalOfferDto> {
  const { chainId, priceWei, holder } = await readRenewal(db, { passId, times });
  const { expiresAtMs, ...offer } = await houseOffer(db, actor, { chainId, valueWei: priceWei, gas: RENEW_GAS });
  const amounts = { renewalWei: priceWei.toString(), priceMillicredits: offer.priceMillicredits };
  return {
    ...offer,
    ...amounts,
    token: sealRenewalQuote({ quoteId: newId(), userId: actor.userId, passId, times, holder, ...amounts, expiresAtMs }),
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}
