import type { Actor } from '@/lib/actor';
import { type CsvCell, streamCsv } from '@/lib/csv';
import type { Database } from '@/lib/db';
import { decimalCredits } from '@/lib/money';
import { listLines } from './list-lines';
import type { StatementFilter, StatementLineDto } from './schema';

const PAGE = 1_000;
const header = ['line', 'time', 'reason', 'about', 'note', 'credits', 'let go', 'balance', 'reference', 'transaction', 'link'];

/** A person's whole statement, or what a filter leaves of it, as a CSV file that is made while it is sent. `base`: where links lead. */
export function exportLines(db: Database, actor: Actor, filter: StatementFilter, base: string): ReadableStream<Uint8Array> {
  return streamCsv(header, pagesOf(db, actor, filter, base));
}

async function* pagesOf(db: Database, actor: Actor, filter: StatementFilter, base: string) {
  let cursor: string | null | undefined;
  do {
    const page = await listLines(db, actor, { ...filter, cursor: cursor ?? undefined }, PAGE);
    yield page.lines.map((line) => toRow(line, base));
    cursor = page.nextCursor;
  } while (cursor);
}

const toRow = (line: StatementLineDto, base: string): CsvCell[] => [
  line.seq,
  line.at,
  line.reason,
  line.about?.text ?? null,
  line.note,
  decimalCredits(BigInt(line.changeMillicredits)),
  decimalCredits(BigInt(line.heldMillicredits)),
  decimalCredits(BigInt(line.balanceMillicredits)),
  line.ref,
  line.txHash,
  line.about?.href ? new URL(line.about.href, base).href : null,
];
