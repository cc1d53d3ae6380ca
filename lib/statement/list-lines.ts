import type { Actor } from '@/lib/actor';
import { listStatement } from '@/lib/credits/queries';
import type { StatementEntryDto } from '@/lib/credits/schema';
import type { Database } from '@/lib/db';
import { describeLine, type Subjects } from './describe-line';
import { loadCorrections } from './load-corrections';
import { loadDeposits } from './load-deposits';
import { loadPassRelays } from './load-pass-relays';
import { loadPurchases } from './load-purchases';
import { loadRelays } from './load-relays';
import { loadRepaid } from './load-repaid';
import { loadRuns } from './load-runs';
import { mergeEntries, sumGroup } from './merge-entries';
import { codesOf, type StatementFilter, type StatementLines } from './schema';

const PAGE = 50;
const DAY_MS = 24 * 3600_000;

/** A page of a person's statement in words, newest first. Costs the same however long the statement is. */
export async function listLines(db: Database, actor: Actor, filter: StatementFilter, limit = PAGE): Promise<StatementLines> {
  const { entries, nextCursor } = await listStatement(db, actor, { ...rangeOf(filter), cursor: filter.cursor, limit: limit + 1 });
  const groups = mergeEntries(entries);
  // The last group of a full page may go on below it: it is left to the next page, unless it fills this one.
  if (nextCursor && groups.length > 1) groups.pop();
  const shown = groups.flatMap((group) => sumGroup(group) ?? []);
  const subjects = await loadSubjects(db, actor, shown);
  return { lines: shown.map((entry) => describeLine(entry, subjects)), nextCursor: nextCursor && (groups.at(-1)?.at(-1)?.seq ?? null) };
}

function rangeOf({ kind, from, to }: StatementFilter) {
  return {
    codes: kind && codesOf[kind],
    from: from ? new Date(from) : undefined,
    to: to ? new Date(Date.parse(to) + DAY_MS) : undefined,
  };
}

async function loadSubjects({ pool }: Database, { userId }: Actor, entries: StatementEntryDto[]): Promise<Subjects> {
  const refs = [...new Set(entries.map(({ ref }) => ref))];
  const [runs, relays, passes, deposits, purchases, repaid, corrections] = await Promise.all([
    loadRuns(pool, userId, refs),
    loadRelays(pool, userId, refs),
    loadPassRelays(pool, userId, refs),
    loadDeposits(pool, userId, refs),
    loadPurchases(pool, userId, refs),
    loadRepaid(pool, refs),
    loadCorrections(pool, refs),
  ]);
  return { runs, relays, passes, deposits, purchases, repaid, corrections };
}
