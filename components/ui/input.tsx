import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

const box =
  'w-full rounded-sm border border-rule-strong bg-sheet px-3 text-sm text-ink placeholder:text-ink-faint hover:border-ink-faint focus-visible:outline-offset-1 aria-invalid:border-madder disabled:opacity-55';

/** A one-line text input. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={clsx(box, 'h-11', className)} {...rest} />;
}

/** A text area that grows with its content where the browser can, to half of the screen. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={clsx(box, 'field-sizing-content max-h-[50svh] min-h-28 resize-y py-2.5', className)} {...rest} />;
}
