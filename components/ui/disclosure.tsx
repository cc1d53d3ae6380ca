import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A line that opens to say more. Works with no JavaScript and replaces hover-only tooltips. */
export function Disclosure({ summary, children, className, open }: { summary: ReactNode; children: ReactNode; className?: string; open?: boolean }) {
  return (
    <details className={clsx('group', className)} open={open}>
      <summary className="flex min-h-8 items-center gap-2 text-sm text-ink-soft hover:text-ink">
        <span aria-hidden="true" className="inline-block w-3 font-mono text-xs text-copper group-open:hidden">
          +
        </span>
        <span aria-hidden="true" className="hidden w-3 font-mono text-xs text-copper group-open:inline-block">
          −
        </span>
        {summary}
      </summary>
      <div className="pt-1 pb-3 pl-5 text-sm text-ink-soft">{children}</div>
    </details>
  );
}
