import type { ReactNode } from 'react';

/** Nothing here yet, and the next step. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-xl justify-items-start gap-4 py-16 sm:py-24">
      <div aria-hidden="true" className="plate-mark h-20 w-16 bg-sheet" />
      <h2 className="font-display text-2xl">{title}</h2>
      {children && <div className="text-ink-soft">{children}</div>}
      {action}
    </div>
  );
}
