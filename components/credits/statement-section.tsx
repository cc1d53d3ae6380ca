import type { Route } from 'next';
import Link from 'next/link';
import type { StatementFilter, StatementLines } from '@/lib/statement/schema';
import { Pager } from '../works/pager';
import { Statement } from './statement';
import { StatementFilterForm } from './statement-filter';

type Props = {
  page: StatementLines;
  filter: StatementFilter;
  /** Of the page's address, what is not the statement's. */
  keep: Record<string, string>;
};

/** The statement with its filter, its file and its pages. */
export function StatementSection({ page, filter, keep }: Props) {
  const { cursor, ...narrow } = filter;
  const narrowed = Object.values(narrow).some(Boolean);
  const empty = page.lines.length === 0;
  return (
    <section id="statement" aria-labelledby="statement-heading" className="grid scroll-mt-20 gap-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="statement-heading" className="font-display text-xl">
          Statement
        </h2>
        {!empty && (
          <a href={`/credits/statement.csv${search(narrow)}`} download className="text-link text-sm">
            Download {narrowed ? 'these lines' : 'all of it'} as CSV
          </a>
        )}
      </div>
      {(!empty || narrowed || cursor) && <StatementFilterForm filter={filter} keep={keep} />}
      {empty ? <Nothing narrowed={narrowed} /> : <Statement lines={page.lines} />}
      <Pager path="/credits" query={{ ...narrow, ...keep }} anchor="statement" cursor={cursor} nextCursor={page.nextCursor} noun="lines" />
    </section>
  );
}

function search(narrow: Record<string, string | undefined>): string {
  const params = new URLSearchParams(Object.entries(narrow).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return params.size > 0 ? `?${params}` : '';
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  if (narrowed) {
    return (
      <p className="text-ink-soft" role="status">
        No lines like that.{' '}
        <Link href={'/credits#statement' as Route} className="text-link">
          Show everything
        </Link>
      </p>
    );
  }
  return (
    <p className="text-ink-soft">
      Nothing yet. What you buy and what each run takes will stand here, line by line. Buy some credits, or{' '}
      <Link href="/models" className="text-link">
        look at the models first
      </Link>
      .
    </p>
  );
}
