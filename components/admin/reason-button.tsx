'use client';
import { useId, useState } from 'react';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { describedBy, Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Problem } from '@/components/ui/problem';

const SHORTEST = 3;

type Props = {
  label: string;
  /** Who reads the reason. */
  hint: string;
  variant?: ButtonVariant;
  maxLength?: number;
  pending: boolean;
  problem: string | null;
  say(problem: string | null): void;
  onReason(reason: string): void;
};

/** A button that asks why first. */
export function ReasonButton({ label, hint, variant = 'danger', maxLength = 300, pending, problem, say, onReason }: Props) {
  const field = useId();
  const [reason, setReason] = useState<string | null>(null);
  const press = () => {
    if (reason === null) setReason('');
    else if (reason.trim().length < SHORTEST) say('Say why, in a few words.');
    else onReason(reason);
  };
  const close = () => {
    say(null);
    setReason(null);
  };
  return (
    <div className="grid gap-3">
      {reason !== null && (
        <Field id={field} label="Reason" hint={hint} error={problem}>
          <Input
            id={field}
            value={reason}
            maxLength={maxLength}
            aria-invalid={problem !== null}
            aria-describedby={describedBy(field, { hint, error: problem })}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button size="small" variant={variant} loading={pending} aria-expanded={reason !== null} onClick={press}>
          {label}
        </Button>
        {reason !== null && (
          <Button size="small" variant="quiet" onClick={close}>
            Not now
          </Button>
        )}
        {reason === null && <Problem>{problem}</Problem>}
      </div>
    </div>
  );
}
