'use client';
import { useLinkStatus } from 'next/link';

/**
 * Inside a link: a thin mark while the page it leads to is on its way. Public pages have no loading.tsx: with one, Next would
 * stream them behind a placeholder that only a script takes away, and answer 200 for what is not there.
 */
export function LinkPending({ className = '' }: { className?: string }) {
  const { pending } = useLinkStatus();
  return pending ? <span aria-hidden="true" className={`link-pending ${className}`} /> : null;
}
