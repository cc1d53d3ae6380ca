'use client';
import { useState } from 'react';
import { setBudgetAction } from '@/lib/protection/actions';
import type { BudgetDto } from '@/lib/protection/schema';
import { TextField } from '../studio/text-field';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { useServerAction } from '../ui/use-server-action';

const names: Record<BudgetDto['subject'], string> = { wallet: 'Each wallet', pass: 'Each pass', model: 'Everybody together' };
const numberOf = (text: string): number | null | undefined => {
  if (text.trim() === '') return null;
  return /^[1-9]\d{0,6}$/.test(text.trim()) ? Number(text) : undefined;
};

/** The two numbers of one budget. */
export function BudgetForm({ slug: model, subject, budget }: { slug: string; subject: BudgetDto['subject']; budget: BudgetDto | null }) {
  const { run, pending, problem, say } = useServerAction();
  const [hour, setHour] = useState(budget?.perHour?.toString() ?? '');
  const [day, setDay] = useState(budget?.perDay?.toString() ?? '');
  const save = () => {
    const [perHour, perDay] = [numberOf(hour), numberOf(day)];
    if (perHour === undefined || perDay === undefined) return say('Runs are a whole number, or nothing.');
    run(() => setBudgetAction({ model, subject, perHour, perDay }));
  };
  return (
    <form
      noValidate
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <fieldset className="flex flex-wrap items-end gap-4">
        <legend className="mb-2 text-sm font-medium">{names[subject]}</legend>
        <TextField label="Runs an hour" value={hour} onValueChange={setHour} inputMode="numeric" className="w-32" />
        <TextField label="Runs a day" value={day} onValueChange={setDay} inputMode="numeric" className="w-32" />
        <Button type="submit" variant="outline" loading={pending}>
          Set<span className="sr-only"> the budget of {names[subject].toLowerCase()}</span>
        </Button>
      </fieldset>
      <Problem>{problem}</Problem>
    </form>
  );
}
