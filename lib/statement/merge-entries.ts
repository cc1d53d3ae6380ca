import type { StatementEntryDto } from '@/lib/credits/schema';

/**
 * A payment that is taken from, or given back to, several lots has a line for each. They follow one another without a gap and are about
 * the same thing: a person sees one line, with the newest balance. `entries` come newest first.
 */
export function mergeEntries(entries: readonly StatementEntryDto[]): StatementEntryDto[][] {
  const groups: StatementEntryDto[][] = [];
  for (const entry of entries) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && belongTogether(last, entry)) group.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

const belongTogether = (newer: StatementEntryDto, older: StatementEntryDto) =>
  newer.ref === older.ref && newer.code === older.code && BigInt(newer.seq) === BigInt(older.seq) + 1n;

/** One line for a group: what it did in all, and the balance after the last of it. */
export function sumGroup(group: readonly StatementEntryDto[]): StatementEntryDto | null {
  const [newest] = group;
  if (!newest) return null;
  const sum = (of: 'changeMillicredits' | 'heldMillicredits') => group.reduce((total, entry) => total + BigInt(entry[of]), 0n).toString();
  return { ...newest, changeMillicredits: sum('changeMillicredits'), heldMillicredits: sum('heldMillicredits') };
}
