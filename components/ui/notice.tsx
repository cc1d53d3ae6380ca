import { clsx } from 'clsx';
import type { ReactNode } from 'react';

const tones = { plain: 'border-rule-strong', copper: 'border-copper', good: 'border-verdigris', bad: 'border-madder' };

/** A message set beside a rule. `role` alert for what has just gone wrong, status for what has just come about. */
export function Notice({
  tone = 'plain',
  role,
  children,
  className,
}: {
  tone?: keyof typeof tones;
  role?: 'alert' | 'status';
  children: ReactNode;
  className?: string;
}) {
  return (
    <div role={role} className={clsx('border-l-2 py-1 pl-4 text-sm text-ink-soft wrap-anywhere', tones[tone], className)}>
      {children}
    </div>
  );
}
