import type { ReactNode } from 'react';

type Option<T extends string> = { value: T; title: ReactNode; text?: ReactNode; disabled?: boolean };
type Props<T extends string> = {
  legend: ReactNode;
  name: string;
  options: Option<T>[];
  /** One of them, or any number. */
  value: T | readonly T[];
  onChoose(value: T): void;
  columns?: boolean;
};

/** Options with a sentence each, one under the other: radio buttons, or checkboxes where several may hold. */
export function OptionList<T extends string>({ legend, name, options, value, onChoose, columns }: Props<T>) {
  const isOne = typeof value === 'string';
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-2 text-sm">{legend}</legend>
      <div className={columns ? 'grid gap-2 sm:grid-cols-2' : 'grid gap-2'}>
        {options.map((option) => (
          <label
            key={option.value}
            className="flex cursor-pointer items-start gap-3 rounded-sm border border-rule bg-sheet px-3 py-2.5 text-sm hover:border-rule-strong has-checked:border-ink has-disabled:cursor-not-allowed has-disabled:opacity-55 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-copper"
          >
            <input
              type={isOne ? 'radio' : 'checkbox'}
              name={name}
              checked={isOne ? value === option.value : value.includes(option.value)}
              disabled={option.disabled}
              onChange={() => onChoose(option.value)}
              className="mt-0.5 size-4 shrink-0 accent-(--ink) outline-none"
            />
            <span className="grid min-w-0 gap-0.5">
              <span>{option.title}</span>
              {option.text && <span className="text-xs text-ink-faint">{option.text}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
