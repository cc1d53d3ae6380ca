'use client';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Choice } from '@/components/ui/choice';
import { describedBy, Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { quoteDepositAction } from '@/lib/payments/actions';
import type { DepositQuoteDto } from '@/lib/payments/schema';
import { useWallet } from './use-wallet';
import { dataOf, WalletProblem } from './wallet-problem';

type Asset = 'eth' | 'usdc';
type Props = { packs: readonly number[]; assets: readonly Asset[]; viewer: ViewerDto; chain: ChainConfigDto; onQuote(quote: DepositQuoteDto): void };

const MIN_CREDITS = 100;
const MAX_CREDITS = 1_000_000;
const count = (credits: number) => credits.toLocaleString('en-GB');
const dollars = (credits: number) => `US$${(credits / 100).toLocaleString('en-GB', { minimumFractionDigits: credits % 100 ? 2 : 0 })}`;

/** How many credits, and what to pay with; then their price is asked for. */
export function CreditPacks({ packs, assets, viewer, chain, onQuote }: Props) {
  const id = useId();
  const [choice, setChoice] = useState(String(packs[1] ?? packs[0] ?? MIN_CREDITS));
  const [custom, setCustom] = useState('');
  const [asset, setAsset] = useState<Asset>('eth');
  const [quoting, setQuoting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { island, load, waiting, withLink } = useWallet(viewer, chain);

  const credits = choice === 'custom' ? Number(custom) : Number(choice);
  const valid = Number.isInteger(credits) && credits >= MIN_CREDITS && credits <= MAX_CREDITS;
  const rangeError = choice === 'custom' && custom !== '' && !valid ? `A whole number from ${count(MIN_CREDITS)} to ${count(MAX_CREDITS)}.` : null;

  const ask = async () => {
    if (quoting || waiting) return;
    if (!viewer) return withLink((link) => link.open());
    if (!valid) return setProblem(`Say how many: a whole number from ${count(MIN_CREDITS)} to ${count(MAX_CREDITS)}.`);
    setProblem(null);
    setQuoting(true);
    try {
      onQuote(dataOf(await quoteDepositAction({ credits, asset })));
    } catch (error) {
      setProblem(error instanceof WalletProblem ? error.message : 'The server does not answer. Try again.');
    } finally {
      setQuoting(false);
    }
  };

  // For Enter in the field. The button is no submit button: before the page is interactive the browser would send the form itself.
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void ask();
  };

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Choice
        name={`${id}-pack`}
        value={choice}
        aria-label="How many credits"
        options={[...packs.map((pack) => ({ value: String(pack), label: count(pack), title: dollars(pack) })), { value: 'custom', label: 'Other' }]}
        onValueChange={setChoice}
      />
      {choice === 'custom' && (
        <Field id={`${id}-custom`} label="Credits" hint={`From ${count(MIN_CREDITS)} to ${count(MAX_CREDITS)}`} error={rangeError}>
          <Input
            id={`${id}-custom`}
            inputMode="numeric"
            value={custom}
            aria-invalid={rangeError !== null}
            aria-describedby={describedBy(`${id}-custom`, { hint: true, error: rangeError })}
            onChange={(event) => setCustom(event.target.value.replace(/[^0-9]/g, ''))}
          />
        </Field>
      )}
      {assets.length > 1 && (
        <Choice<Asset>
          name={`${id}-asset`}
          value={asset}
          aria-label="Pay with"
          options={assets.map((value) => ({ value, label: value.toUpperCase() }))}
          onValueChange={setAsset}
        />
      )}
      <Button loading={quoting || waiting} onPointerEnter={load} onFocus={load} onClick={ask}>
        {viewer ? (quoting ? 'Asking for the price' : `Price of ${valid ? `${count(credits)} credits` : 'credits'}`) : 'Sign in to buy credits'}
      </Button>
      {valid && (
        <p className="text-xs text-ink-faint">
          Worth {dollars(credits)}, paid in {asset.toUpperCase()}.
        </p>
      )}
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      {island}
    </form>
  );
}
