import type { ReactNode } from 'react';

type EmptyStateProps = {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** h1 where it is all of the page. */
  heading?: 'h1' | 'h2';
};

/** Nothing here yet, and the next step. */
export function EmptyState({ title, children, action, heading: Heading = 'h2' }: EmptyStateProps) {
  return (
    <div className="mx-auto grid max-w-xl justify-items-start gap-4 py-16 sm:py-24">
      <div aria-hidden="true" className="plate-mark h-20 w-16 bg-sheet" />
      <Heading className="font-display text-2xl">{title}</Heading>
      {children && <div className="text-ink-soft">{children}</div>}
      {action}
    </div>
  );
}
