import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type FieldProps = {
  /** id of the control; hint and error get `${id}-hint` and `${id}-error`, which `describedBy` returns. */
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  /** Right of the label: a value, a counter. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** Label, control, hint and error, tied together for assistive technology. */
export function Field({ id, label, hint, error, aside, children, className }: FieldProps) {
  return (
    <div className={clsx('grid gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        {aside && <span className="font-mono text-2xs tabular-nums text-ink-faint">{aside}</span>}
      </div>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-ink-faint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-xs text-madder">
          {error}
        </p>
      )}
    </div>
  );
}

/** The aria-describedby of a control inside a Field. */
export function describedBy(id: string, { hint, error }: { hint?: unknown; error?: unknown }): string | undefined {
  return clsx(hint ? `${id}-hint` : null, error ? `${id}-error` : null) || undefined;
}
