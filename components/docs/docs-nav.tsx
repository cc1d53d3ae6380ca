'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

const PAGES: [string, string][] = [
  ['/docs', 'Start'],
  ['/docs/api', 'API'],
  ['/docs/errors', 'Errors'],
  ['/docs/webhooks', 'Webhooks'],
  ['/docs/signed-requests', 'Signed requests'],
];

/** The way between the pages for programmers. */
export function DocsNav() {
  const pathname = usePathname();
  return (
    <nav aria-label="Docs" className="flex flex-wrap gap-x-6 gap-y-1 border-b border-rule py-3 text-sm text-ink-soft">
      {PAGES.map(([href, name]) => (
        <Link
          key={href}
          href={href as Route}
          aria-current={pathname === href ? 'page' : undefined}
          className="min-h-6 hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
