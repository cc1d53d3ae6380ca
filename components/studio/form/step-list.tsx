import { STEPS } from './steps';

/** Where one is in the form; any step can be opened. */
export function StepList({ step, goTo }: { step: number; goTo(step: number): void }) {
  return (
    <ol className="flex gap-x-4 overflow-x-auto sm:gap-x-5 border-b border-rule text-sm" aria-label="Steps">
      {STEPS.map(({ name }, place) => (
        <li key={name}>
          <button
            type="button"
            onClick={() => goTo(place)}
            aria-current={place === step ? 'step' : undefined}
            className="min-h-11 whitespace-nowrap text-ink-soft hover:text-ink aria-[current=step]:text-ink aria-[current=step]:shadow-[inset_0_-2px_0_var(--copper)]"
          >
            <span aria-hidden="true" className="pr-1.5 font-mono max-sm:hidden text-2xs text-ink-faint">
              {place + 1}
            </span>
            {name}
          </button>
        </li>
      ))}
    </ol>
  );
}
