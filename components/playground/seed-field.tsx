import { useState } from 'react';
import { seedProblem } from '@/lib/generations/limits';
import { Choice } from '../ui/choice';
import { describedBy } from '../ui/field';
import { Input } from '../ui/input';

type SeedFieldProps = { seed: string | null; count: number; onChange(seed: string | null): void };

/** Random, or a number that gives the same picture again. */
export function SeedField({ seed, count, onChange }: SeedFieldProps) {
  const [lastFixed, setLastFixed] = useState('1');
  const problem = seed === null ? null : seedProblem(seed);
  const hint = count > 1 ? 'Counts up by one for each variation.' : 'The same seed and settings give the same work.';
  return (
    <div className="grid gap-2">
      <div className="grid grid-cols-[6.5rem_1fr] items-center gap-3">
        <span className="text-sm" id="seed-label">
          Seed
        </span>
        <Choice
          name="seed-kind"
          aria-labelledby="seed-label"
          value={seed === null ? 'random' : 'fixed'}
          options={[
            { value: 'random', label: 'Random' },
            { value: 'fixed', label: 'Fixed' },
          ]}
          onValueChange={(kind) => {
            if (kind === 'random' && seed !== null) setLastFixed(seed);
            onChange(kind === 'random' ? null : lastFixed);
          }}
        />
      </div>
      {seed !== null && (
        <>
          <Input
            id="seed"
            aria-label="Seed number"
            inputMode="numeric"
            autoComplete="off"
            className="font-mono"
            value={seed}
            aria-invalid={problem !== null}
            aria-describedby={describedBy('seed', { hint: !problem, error: problem })}
            onChange={(event) =>
              onChange(
                event.target.value
                  .replace(/\D/g, '')
                  .slice(0, 20)
                  .replace(/^0+(?=\d)/, ''),
              )
            }
          />
          {problem ? (
            <p id="seed-error" className="text-xs text-madder">
              {problem}
            </p>
          ) : (
            <p id="seed-hint" className="text-xs text-ink-faint">
              {hint}
            </p>
          )}
        </>
      )}
    </div>
  );
}
