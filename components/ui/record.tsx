import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A list of facts under hairlines: what it is on the left, the fact on the right. */
export function RecordList({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={clsx('@container border-t border-rule', className)}>{children}</dl>;
}

export function RecordRow({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.75rem_minmax(0,1fr)] gap-x-4 border-b border-rule py-2.5 @md:grid-cols-[10rem_minmax(0,1fr)] @md:gap-x-6">
      <dt className="text-sm text-ink-faint">{label}</dt>
      <dd className="min-w-0 text-sm">{children}</dd>
    </div>
  );
}
