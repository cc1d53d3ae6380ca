import { clsx } from 'clsx';

/** A still, pale block that keeps the place of what is loading. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={clsx('tick bg-well', className)} />;
}
