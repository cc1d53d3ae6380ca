'use client';
import { clsx } from 'clsx';
import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { LinkPending } from '../shell/link-pending';

const rooms = [
  { href: '/studio', name: 'Models' },
  { href: '/studio/passes', name: 'Passes' },
  { href: '/studio/earnings', name: 'Earnings' },
] as const;

/** The creator's rooms. Everything that is not of another room is about a model. */
export function StudioNav() {
  const pathname = usePathname();
  const here = rooms.find(({ href }) => href !== '/studio' && pathname.startsWith(href))?.href ?? '/studio';
  return (
    <nav aria-label="Studio" className="flex h-12 items-stretch gap-6 border-b border-rule text-sm text-ink-soft">
      {rooms.map(({ href, name }) => (
        <Link
          key={href}
          href={href as Route}
          aria-current={href === here ? 'page' : undefined}
          className={clsx(
            'relative inline-flex items-center transition-colors hover:text-ink aria-[current=page]:text-ink',
            'aria-[current=page]:shadow-[inset_0_-2px_0_var(--copper)]',
          )}
        >
          {name}
          <LinkPending />
        </Link>
      ))}
    </nav>
  );
}
