'use client';
import { useId, useState } from 'react';
import { startCheckoutAction } from '@/lib/payments/card/actions';
import { type CardCurrency, cardCurrencies, creditPacks } from '@/lib/payments/card/packs';
import type { CardAvailabilityDto } from '@/lib/payments/card/schema';
import { money } from '../format';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';

const count = (credits: number) => credits.toLocaleString('en-GB');

/** Packs of credits for a card: choose, then pay on the card processor's own page. No card number ever comes near us. */
export function CardPacks({ availability, back }: { availability: CardAvailabilityDto; back: string | null }) {
  const id = useId();
  const [pack, setPack] = useState<(typeof creditPacks)[number]['id']>('c2000');
  const [currency, setCurrency] = useState<CardCurrency>('usd');
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!availability.on) return <Notice>Paying by card is off. {availability.why}</Notice>;

  const pay = async () => {
    setProblem(null);
    setLeaving(true);
    const result = await startCheckoutAction({ packId: pack, currency, back: back ?? undefined }).catch(() => undefined);
    if (result?.data) return window.location.assign(result.data.url);
    setLeaving(false);
    setProblem(result?.serverError?.message ?? 'The server does not answer. Nothing was charged; try again.');
  };

  return (
    <div className="grid gap-4">
      {availability.simulated && (
        <Notice tone="copper">This is the simulator of a card processor: no money moves, and any press of Pay is a payment.</Notice>
      )}
      <fieldset className="grid gap-px overflow-hidden rounded-sm border border-rule-strong bg-rule">
        <legend className="sr-only">How many credits</legend>
        {creditPacks.map((option) => (
          <label
            key={option.id}
            className="grid min-h-14 cursor-pointer grid-cols-[1fr_auto] items-center gap-x-4 bg-sheet px-4 py-2 text-sm text-ink-soft hover:text-ink has-checked:bg-ink has-checked:text-paper has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-copper"
          >
            <input
              type="radio"
              className="sr-only"
              name={`${id}-pack`}
              value={option.id}
              checked={option.id === pack}
              onChange={() => setPack(option.id)}
            />
            <span>
              {count(option.credits)} credits
              {option.bonusCredits > 0 && <span className="block text-2xs">and {count(option.bonusCredits)} bonus</span>}
            </span>
            <span className="tabular-nums">{money(option.prices[currency], currency)}</span>
          </label>
        ))}
      </fieldset>
      <Field id={`${id}-currency`} label="Currency">
        <Select id={`${id}-currency`} value={currency} onChange={(event) => setCurrency(event.target.value as CardCurrency)}>
          {cardCurrencies.map((code) => (
            <option key={code} value={code}>
              {code.toUpperCase()}
            </option>
          ))}
        </Select>
      </Field>
      <Button loading={leaving} onClick={pay}>
        {leaving ? 'Opening the payment page' : 'Pay by card'}
      </Button>
      <p className="text-xs text-ink-faint">
        You pay on Stripe’s page; tax may be added there. Bonus credits last {availability.bonusDays} days and are spent first.
      </p>
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
    </div>
  );
}
