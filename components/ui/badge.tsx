import { clsx } from 'clsx';
import type { ReactNode } from 'react';

const tones = { plain: 'text-ink-soft', copper: 'text-copper', good: 'text-verdigris', bad: 'text-madder' };

/** A small state in words with a mark of its tone; the words carry the meaning, never the colour alone. */
export function Badge({ tone = 'plain', children, className }: { tone?: keyof typeof tones; children: ReactNode; className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap', tones[tone], className)}>
      <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />
      {children}
    </span>
  );
}
