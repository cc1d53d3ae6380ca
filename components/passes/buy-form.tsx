'use client';
import { useEffect, useId, useRef, useState } from 'react';
import { planPurchaseAction } from '@/lib/passes/actions';
import { ether } from '../format';
import { dataOf, WalletProblem } from '../wallet/wallet-problem';
import { AddressField, isAddress } from './address-field';
import { PassStep } from './pass-step';
import { type Purchase, subjectOf } from './purchase';

/** Buys a pass from the wallet, for oneself or as a gift. The price is asked for at the click; the contract takes no other. */
export function BuyForm({ tier: { collection, tierId, label, priceWei }, isForSale, ...wallet }: Purchase) {
  const id = useId();
  const [to, setTo] = useState('');
  const form = useRef<HTMLFieldSetElement>(null);
  // It stands where the button was that opened it.
  useEffect(() => form.current?.focus(), []);
  const isGift = to.trim() !== '';
  const price = priceWei === '0' ? 'the network fee' : ether(priceWei);
  const plan = async () => {
    if (isGift && !isAddress(to)) throw new WalletProblem('That is not an address to give it to. Nothing was sent.');
    return dataOf(await planPurchaseAction({ collection, tierId, to: isGift ? to.trim() : null }));
  };
  return (
    <fieldset ref={form} tabIndex={-1} aria-label={`Buy ${label}`} className="grid gap-4 outline-none">
      {isForSale && (
        <AddressField id={id} label="For somebody else" hint="Their address, if it is a gift; empty: for you" value={to} onChange={setTo} />
      )}
      <PassStep
        {...wallet}
        subject={subjectOf({ collection, tierId })}
        label={isGift ? `Give it for ${price}` : `Buy it for ${price}`}
        purpose={`buy ${label}`}
        doing="Buying the pass"
        done={isGift ? 'The pass is theirs.' : 'The pass is yours.'}
        plan={isForSale ? plan : null}
      />
    </fieldset>
  );
}
