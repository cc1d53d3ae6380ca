'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useId, useRef, useState } from 'react';
import { planPurchaseAction } from '@/lib/passes/actions';
import { ether } from '../format';
import { Button } from '../ui/button';
import { dataOf, WalletProblem } from '../wallet/wallet-problem';
import { AddressField, isAddress } from './address-field';
import { BuyWithCredits } from './buy-with-credits';
import { PassRelay } from './pass-relay';
import { PassStep } from './pass-step';
import { type Purchase, subjectOf } from './purchase';
import { usePassRelay } from './use-pass-relay';

type Props = Purchase & { /** Opened by a press just now: it stands where the button was. */ takesFocus: boolean };

/** Buys a pass from the wallet or with credits, for oneself or as a gift. The price is asked for at the click; the contract takes no other. */
export function BuyForm({ tier, purchase, isForSale, takesFocus, ...wallet }: Props) {
  const { collection, tierId, label, priceWei } = tier;
  const router = useRouter();
  const id = useId();
  const [to, setTo] = useState('');
  const { relay, follow, forget } = usePassRelay(purchase);
  const form = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (takesFocus) form.current?.focus();
  }, [takesFocus]);
  const isGift = to.trim() !== '';
  const receiver = isGift ? to.trim() : null;
  const price = priceWei === '0' ? 'the network fee' : ether(priceWei);
  const plan = async () => {
    if (isGift && !isAddress(to)) throw new WalletProblem('That is not an address to give it to. Nothing was sent.');
    const answer = await planPurchaseAction({ collection, tierId, to: receiver });
    // A refusal says that the tier is not what is shown of it.
    if (!answer?.data) router.refresh();
    return dataOf(answer);
  };
  const onStarted = (started: string, priceMillicredits: string) => {
    follow(started, priceMillicredits, isGift);
    form.current?.focus();
  };
  const isOnItsWay = relay !== null && relay.step !== 'failed';
  return (
    <fieldset ref={form} tabIndex={-1} aria-label={`Buy ${label}`} className="grid gap-4 outline-none">
      {relay && <PassRelay relay={relay} what="purchase" done={relay.isGift ? 'The pass is theirs.' : 'The pass is yours.'} />}
      {isOnItsWay ? (
        relay.step === 'safe' &&
        isForSale && (
          <Button variant="outline" size="small" className="justify-self-start" onClick={forget}>
            Buy another
          </Button>
        )
      ) : (
        <>
          {isForSale && (
            <AddressField id={id} label="For somebody else" hint="Their address, if it is a gift; empty: for you" value={to} onChange={setTo} />
          )}
          <PassStep
            {...wallet}
            subject={subjectOf(tier)}
            label={isGift ? `Give it for ${price}` : `Buy it for ${price}`}
            purpose={`buy ${label}`}
            doing="Buying the pass"
            done={isGift ? 'The pass is theirs.' : 'The pass is yours.'}
            plan={isForSale ? plan : null}
            otherWay={wallet.viewer && <BuyWithCredits tier={tier} to={receiver} isComplete={!isGift || isAddress(to)} onStarted={onStarted} />}
          />
        </>
      )}
    </fieldset>
  );
}
