'use client';
import { type FormEvent, useId, useRef, useState } from 'react';
import { shortHex } from '@/components/format';
import { Button } from '@/components/ui/button';
import { Choice } from '@/components/ui/choice';
import { describedBy, Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useServerAction } from '@/components/ui/use-server-action';
import { requestPayoutAction } from '@/lib/payouts/actions';
import { MINIMUM_PAYOUT_CREDITS, type Rail, type RailOptionDto } from '@/lib/payouts/schema';
import { railNames } from './payout-state';

type Props = { availableCredits: number; rails: RailOptionDto[] };

/** Asks for a payout. The id is made once a request and kept until it is answered, so that pressing again never asks for a second one. */
export function RequestPayout({ availableCredits, rails }: Props) {
  const field = useId();
  const id = useRef<string | null>(null);
  const [rail, setRail] = useState<Rail>(rails.find((r) => r.ready)?.rail ?? 'connect');
  const [amount, setAmount] = useState(String(availableCredits));
  const [done, setDone] = useState(false);
  const { run, pending, problem, say } = useServerAction();
  const chosen = rails.find((option) => option.rail === rail);
  const change = (set: () => void) => {
    id.current = null; // another request than the one before
    setDone(false);
    say(null);
    set();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const credits = Number(amount.replaceAll(',', ''));
    const wrong = amountProblem(credits, availableCredits);
    if (wrong) return say(wrong);
    id.current ??= crypto.randomUUID();
    const input = { id: id.current, credits, rail };
    const lost = 'The server does not answer. Press again: it will not be asked for twice.';
    const onDone = () => {
      id.current = null; // pressed again, it is a second one
      setAmount('');
      setDone(true);
    };
    run(() => requestPayoutAction(input), { lost, onDone });
  };
  return (
    <form onSubmit={submit} className="grid gap-4" noValidate>
      <Choice
        name="rail"
        aria-label="How to be paid"
        value={rail}
        options={rails.map((option) => ({ value: option.rail, label: railNames[option.rail] }))}
        onValueChange={(value) => change(() => setRail(value))}
      />
      {chosen && <RailNote option={chosen} />}
      <Field
        id={field}
        label="Credits"
        hint={`Whole credits, at least ${MINIMUM_PAYOUT_CREDITS.toLocaleString('en-GB')}. 1 credit is US$0.01.`}
        error={problem}
      >
        <Input
          id={field}
          inputMode="numeric"
          value={amount}
          aria-invalid={problem !== null}
          aria-describedby={describedBy(field, { hint: true, error: problem })}
          onChange={(event) => change(() => setAmount(event.target.value))}
        />
      </Field>
      <Button type="submit" loading={pending} disabled={!chosen?.ready}>
        Ask for the payout
      </Button>
      <p role="status" className="text-sm text-ink-soft">
        {done && 'Asked for. An operator looks at it; you see here how it goes on.'}
      </p>
    </form>
  );
}

function RailNote({ option }: { option: RailOptionDto }) {
  return (
    <p className="text-xs text-ink-soft">
      {option.ready && option.destination && (
        <>
          Goes to <span className="font-mono">{shortHex(option.destination, 6)}</span>.{' '}
        </>
      )}
      {option.note}
    </p>
  );
}

function amountProblem(credits: number, available: number): string | null {
  if (!Number.isInteger(credits)) return 'Whole credits, please.';
  if (credits < MINIMUM_PAYOUT_CREDITS) return `At least ${MINIMUM_PAYOUT_CREDITS.toLocaleString('en-GB')} credits.`;
  return credits > available ? 'That is more than is available.' : null;
}
