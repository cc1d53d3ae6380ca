'use client';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type ChoiceProps<T extends string> = {
  name: string;
  value: T;
  options: { value: T; label: ReactNode; title?: string }[];
  onValueChange(value: T): void;
  'aria-label'?: string;
  'aria-labelledby'?: string;
  className?: string;
};

/** One of a few, side by side: radio buttons underneath (arrow keys move, tab leaves). */
export function Choice<T extends string>({ name, value, options, onValueChange, className, ...aria }: ChoiceProps<T>) {
  return (
    <div
      role="radiogroup"
      className={clsx('flex flex-wrap gap-px overflow-hidden rounded-sm border border-rule-strong bg-rule', className)}
      {...aria}
    >
      {options.map((option) => (
        <label
          key={option.value}
          title={option.title}
          className="flex min-h-10 flex-1 cursor-pointer items-center justify-center bg-sheet px-3 text-sm whitespace-nowrap text-ink-soft hover:text-ink has-checked:bg-ink has-checked:text-paper has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-copper"
        >
          <input
            type="radio"
            className="sr-only"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
