'use client';
import { useId, useState } from 'react';
import { planPurchaseAction } from '@/lib/passes/actions';
import type { TierDto } from '@/lib/passes/tier-schema';
import { ether } from '../format';
import { Disclosure } from '../ui/disclosure';
import { dataOf, WalletProblem } from '../wallet/wallet-problem';
import { AddressField, isAddress } from './address-field';
import { PassStep, type Wallet } from './pass-step';

type Props = Wallet & {
  tier: Pick<TierDto, 'collection' | 'tierId' | 'label' | 'priceWei'> /** Else only what was sent is followed. */;
  isForSale: boolean;
};

/** Buys a pass from the wallet, for oneself or as a gift. The price is asked for at the click; the contract takes no other. */
export function BuyPass({ tier: { collection, tierId, label, priceWei }, isForSale, ...wallet }: Props) {
  const id = useId();
  const [to, setTo] = useState('');
  const isGift = to.trim() !== '';
  const price = priceWei === '0' ? 'the network fee' : ether(priceWei);
  const plan = async () => {
    if (isGift && !isAddress(to)) throw new WalletProblem('That is not an address to give it to. Nothing was sent.');
    return dataOf(await planPurchaseAction({ collection, tierId, to: isGift ? to.trim() : null }));
  };
  return (
    <div className="grid gap-2">
      <PassStep
        {...wallet}
        subject={`buy ${collection} ${tierId}`}
        label={isGift ? `Give ${label} for ${price}` : `Buy ${label} for ${price}`}
        purpose={`buy ${label}`}
        doing="Buying the pass"
        done={isGift ? 'The pass is theirs.' : 'The pass is yours.'}
        plan={isForSale ? plan : null}
      />
      {isForSale && (
        <Disclosure summary="For somebody else">
          <AddressField id={id} label="Their address" hint="The pass goes straight to them. Empty: to yourself." value={to} onChange={setTo} />
        </Disclosure>
      )}
    </div>
  );
}
