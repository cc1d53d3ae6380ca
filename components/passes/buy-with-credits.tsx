'use client';
import { quotePassPurchaseAction, startPassPurchaseAction } from '@/lib/passes/actions';
import { credits } from '../format';
import { CreditsOffer } from '../relay/credits-offer';
import { OfferParts } from '../relay/offer-parts';
import { useOffer } from '../relay/use-offer';
import type { Purchase } from './purchase';

type Props = {
  tier: Purchase['tier'];
  /** Whom it is for; null: oneself. */
  to: string | null;
  /** What is typed there is an address. */
  isComplete: boolean;
  onStarted(id: string, priceMillicredits: string): void;
};

/** A pass for credits: the house buys it for whoever it is for, and pays the gas. */
export function BuyWithCredits({ tier: { collection, tierId, refundWindowSeconds }, to, isComplete, onStarted }: Props) {
  const about = isComplete ? `${collection} ${tierId} ${to}` : null;
  const state = useOffer(about, () => quotePassPurchaseAction({ collection, tierId, to }));
  const { offer } = state;
  return (
    <CreditsOffer
      {...state}
      verb={to === null ? 'Buy it' : 'Give it'}
      start={(token) => startPassPurchaseAction({ token })}
      onStarted={(id) => onStarted(id, offer?.priceMillicredits ?? '0')}
    >
      {offer && <OfferParts offer={offer} label="The pass" wei={offer.passPriceWei} valueMillicredits={offer.refundMillicredits} />}
      <p className="text-xs text-ink-soft">
        No ETH needed: we send it, and the pass goes to {to === null ? 'your address' : 'their address'}. If it fails, your credits come back.
        {offer &&
          refundWindowSeconds > 0 &&
          offer.refundMillicredits !== '0' &&
          ` If the pass is given back in time, ${credits(offer.refundMillicredits)} come back to you: all but the gas.`}
      </p>
    </CreditsOffer>
  );
}
