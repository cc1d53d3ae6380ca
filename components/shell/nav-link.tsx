'use client';
import { clsx } from 'clsx';
import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { LinkPending } from './link-pending';

type NavLinkProps = { href: Route; children: ReactNode; className?: string };

/** A link of the main navigation that knows whether it is where we are. */
export function NavLink({ href, children, className }: NavLinkProps) {
  const pathname = usePathname();
  const current = href === '/' ? pathname === '/' : pathname.startsWith(href);
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={clsx(
        'relative inline-flex items-center justify-center transition-colors hover:text-ink aria-[current=page]:text-ink',
        'aria-[current=page]:shadow-[inset_0_-2px_0_var(--copper)]',
        className,
      )}
    >
      {children}
      <LinkPending />
    </Link>
  );
}
