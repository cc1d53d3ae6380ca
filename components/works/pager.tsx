import type { Route } from 'next';
import Link from 'next/link';
import { buttonStyle } from '../ui/button';

/** Older and newest, as links: works with no JavaScript and with the back button. */
export function Pager({ path, cursor, nextCursor, noun }: { path: string; cursor: string | undefined; nextCursor: string | null; noun: string }) {
  if (!cursor && !nextCursor) return null;
  return (
    <nav aria-label={`More ${noun}`} className="flex items-center justify-center gap-4 pt-12">
      {cursor && (
        <Link href={path as Route} className={buttonStyle({ variant: 'quiet' })}>
          Back to the newest
        </Link>
      )}
      {nextCursor && (
        <Link href={`${path}?cursor=${encodeURIComponent(nextCursor)}` as Route} className={buttonStyle({ variant: 'outline' })} rel="next">
          Show older {noun}
        </Link>
      )}
      {!nextCursor && <p className="text-sm text-ink-faint">That is all of them.</p>}
    </nav>
  );
}
