'use client';
import { quoteRelayAction, startRelayAction } from '@/lib/mint/actions';
import { ether } from '../format';
import { CreditsOffer } from '../relay/credits-offer';
import { useOffer } from '../relay/use-offer';

/** The other way to mint: the house sends it and pays the gas, the collector pays in credits. */
export function RelayOffer({ workId, label }: { workId: string; label: string }) {
  const state = useOffer(workId, () => quoteRelayAction({ workId }));
  const { offer } = state;
  return (
    <CreditsOffer {...state} verb="Mint" start={(token) => startRelayAction({ token, label })}>
      <p className="text-xs text-ink-soft">
        No ETH needed: we send it to your address.
        {offer &&
          ` The price is ${ether(offer.mintPriceWei)} for the mint, 5 % on top in case ETH rises, and ${ether(offer.gasWei)} for gas. If the mint fails, your credits come back.`}
      </p>
    </CreditsOffer>
  );
}
