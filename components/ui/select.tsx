import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { Icon } from './icon';

/** The platform's own select, dressed: right on phones, with keyboards and with screen readers. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={clsx('relative block', className)}>
      <select
        className="h-11 w-full appearance-none rounded-sm border border-rule-strong bg-sheet pr-9 pl-3 text-sm text-ink hover:border-ink-faint focus-visible:outline-offset-1"
        {...rest}
      >
        {children}
      </select>
      <Icon name="chevronDown" className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-faint" />
    </span>
  );
}
