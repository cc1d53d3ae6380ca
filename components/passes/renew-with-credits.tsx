'use client';
import { quotePassRenewalAction, startPassRenewalAction } from '@/lib/passes/actions';
import { CreditsOffer } from '../relay/credits-offer';
import { OfferParts } from '../relay/offer-parts';
import { useOffer } from '../relay/use-offer';

type Props = {
  passId: string;
  /** Null: what is typed is no number of times. */
  times: number | null;
  onStarted(id: string, priceMillicredits: string): void;
};

/** A renewal for credits: the house sends it, and pays the gas. */
export function RenewWithCredits({ passId, times, onStarted }: Props) {
  const about = times === null ? null : `${passId} ${times}`;
  const state = useOffer(about, () => quotePassRenewalAction({ passId, times: times ?? 1 }));
  const { offer } = state;
  return (
    <CreditsOffer
      {...state}
      verb="Renew"
      start={(token) => startPassRenewalAction({ token })}
      onStarted={(id) => onStarted(id, offer?.priceMillicredits ?? '0')}
    >
      {offer && <OfferParts offer={offer} label="The renewal" wei={offer.renewalWei} valueMillicredits={offer.valueMillicredits} />}
      <p className="text-xs text-ink-soft">No ETH needed: we send it. If it fails, or the pass moves before it is sent, your credits come back.</p>
    </CreditsOffer>
  );
}
