import type { Route } from 'next';
import Link from 'next/link';
import { buttonStyle } from '../ui/button';

type Props = {
  path: string;
  cursor: string | undefined;
  nextCursor: string | null;
  noun: string;
  /** What else of the address stays as it is: a filter. */
  query?: Record<string, string | undefined>;
  /** The id of what the pages are of, where it is not the top of the page. */
  anchor?: string;
  /** What the links say where the order is not that of time. */
  words?: { first: string; more: string };
};

/** Older and newest, as links: works with no JavaScript and with the back button. */
export function Pager({ path, cursor, nextCursor, noun, query = {}, anchor, words }: Props) {
  if (!cursor && !nextCursor) return null;
  const hrefOf = (at?: string) => {
    const params = new URLSearchParams(Object.entries({ ...query, cursor: at }).flatMap(([name, value]) => (value ? [[name, value]] : [])));
    return `${path}${params.size > 0 ? `?${params}` : ''}${anchor ? `#${anchor}` : ''}` as Route;
  };
  return (
    <nav aria-label={`More ${noun}`} className="flex items-center justify-center gap-4 pt-12">
      {cursor && (
        <Link href={hrefOf()} className={buttonStyle({ variant: 'quiet' })}>
          {words?.first ?? 'Back to the newest'}
        </Link>
      )}
      {nextCursor && (
        <Link href={hrefOf(nextCursor)} className={buttonStyle({ variant: 'outline' })} rel="next">
          {words?.more ?? `Show older ${noun}`}
        </Link>
      )}
      {!nextCursor && <p className="text-sm text-ink-faint">That is all of them.</p>}
    </nav>
  );
}
