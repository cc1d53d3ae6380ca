import type { EntryCode, StatementEntryDto } from '@/lib/credits/schema';
import { formatCredits } from '@/lib/money';
import type { DepositSubject } from './load-deposits';
import type { RunSubject } from './load-runs';
import type { StatementLineDto } from './schema';
import { reasons } from './words';

/** What the lines of a page are about, by ref. */
export type Subjects = { runs: Map<string, RunSubject>; deposits: Map<string, DepositSubject>; repaid: Map<string, bigint> };

const ENDED: EntryCode[] = ['released', 'expired'];

/** A line in words, with the link to what it is about. */
export function describeLine(entry: StatementEntryDto, subjects: Subjects): StatementLineDto {
  const run = subjects.runs.get(entry.ref);
  const deposit = subjects.deposits.get(entry.ref);
  return {
    ...entry,
    reason: reasons[entry.code],
    about: aboutOf(entry, run, deposit),
    note: noteOf(entry, run, subjects),
    txHash: deposit?.txHash ?? null,
  };
}

function aboutOf({ ref }: StatementEntryDto, run?: RunSubject, deposit?: DepositSubject): StatementLineDto['about'] {
  if (run) return { text: run.modelName, href: run.href };
  return deposit ? { text: 'Receipt', href: `/credits/receipts/${ref}` } : null;
}

function noteOf({ ref, code }: StatementEntryDto, run: RunSubject | undefined, { repaid }: Subjects): string | null {
  if (ENDED.includes(code)) return run?.endedBecause ?? null;
  const amount = code === 'deposit' || code === 'purchase' ? repaid.get(ref) : undefined;
  return amount ? `${formatCredits(amount)} more of it repaid what was owed.` : null;
}
