import type { Route } from 'next';
import Link from 'next/link';
import { useId } from 'react';
import { runsWords } from '../passes/pass-words';
import { Field } from '../ui/field';
import { Select } from '../ui/select';
import type { PassChoiceState } from './use-pass';

const WITHOUT = '';

/** With which pass runs are made, and what is left of it. */
export function PassChoice({ passes, chosen, choose, mayDoWithout }: PassChoiceState) {
  const id = useId();
  const pass = passes.find((one) => one.id === chosen);
  return (
    <Field
      id={id}
      label="Your pass"
      hint={
        <>
          <span data-testid="runs-left">
            {pass ? runsWords(pass.runs) : mayDoWithout ? 'Runs are paid with credits.' : 'The best one that lets you in is used.'}
          </span>{' '}
          <Link href={'/my/passes' as Route} className="text-link">
            Your passes
          </Link>
        </>
      }
    >
      <Select id={id} value={chosen ?? WITHOUT} aria-describedby={`${id}-hint`} onChange={(event) => choose(event.target.value || null)}>
        {passes.map(({ id: passId, tierLabel, number }) => (
          <option key={passId} value={passId}>
            {tierLabel}, number {number}
          </option>
        ))}
        {mayDoWithout && <option value={WITHOUT}>None: pay with credits</option>}
        {!mayDoWithout && passes.length > 1 && <option value={WITHOUT}>Whichever lets me in</option>}
      </Select>
    </Field>
  );
}
