import { expect, test } from 'vitest';
import type { EntryCode, StatementEntryDto } from '@/lib/credits/schema';
import { mergeEntries, sumGroup } from './merge-entries';

const entry = (seq: number, ref: string, code: EntryCode, change: number): StatementEntryDto => ({
  seq: String(seq),
  at: `2026-11-24T00:00:${String(seq).padStart(2, '0')}.000Z`,
  code,
  changeMillicredits: String(change),
  heldMillicredits: '0',
  balanceMillicredits: String(100 + seq),
  ref,
});

const merged = (entries: StatementEntryDto[]) => mergeEntries(entries).flatMap((group) => sumGroup(group) ?? []);

test('what one event did to several lots is one line, with the sum and the newest balance', () => {
  const lines = merged([entry(9, 'a', 'run_refund', 5), entry(8, 'a', 'run_refund', 7), entry(7, 'b', 'run', -3)]);
  expect(lines).toMatchObject([
    { seq: '9', changeMillicredits: '12', balanceMillicredits: '109' },
    { seq: '7', changeMillicredits: '-3', balanceMillicredits: '107' },
  ]);
});

test.each([
  ['another thing', [entry(2, 'a', 'run', -1), entry(1, 'b', 'run', -1)]],
  ['another reason', [entry(2, 'a', 'card_refund', -1), entry(1, 'a', 'purchase', 9)]],
  ['a line between them', [entry(3, 'a', 'card_refund', -1), entry(1, 'a', 'card_refund', -1)]],
])('%s keeps lines apart', (_why, entries) => {
  expect(merged(entries)).toHaveLength(2);
});
