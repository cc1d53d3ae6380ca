import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A list of facts under hairlines: what it is on the left, the fact on the right. */
export function RecordList({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={clsx('border-t border-rule', className)}>{children}</dl>;
}

export function RecordRow({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 border-b border-rule py-2.5 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <dt className="text-sm text-ink-faint">{label}</dt>
      <dd className="min-w-0 text-sm">{children}</dd>
    </div>
  );
}
