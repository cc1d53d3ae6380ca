import type { EntryCode, StatementEntryDto } from '@/lib/credits/schema';
import { formatCredits } from '@/lib/money';
import type { DepositSubject } from './load-deposits';
import type { PassRelaySubject } from './load-pass-relays';
import type { RelaySubject } from './load-relays';
import type { RunSubject } from './load-runs';
import type { StatementLineDto } from './schema';
import { MINT_ENDED, PASS_BOUGHT, PASS_ENDED, PASS_NOT_RENEWED, PASS_RENEWED, PASS_RETURN_UNDONE, reasons, SHARE_OF_INCLUDED } from './words';

/** What the lines of a page are about, by ref. */
export type Subjects = {
  runs: Map<string, RunSubject>;
  relays: Map<string, RelaySubject>;
  passes: Map<string, PassRelaySubject>;
  deposits: Map<string, DepositSubject>;
  purchases: Set<string>;
  /** Millicredits of a payment that repaid a debt. */
  repaid: Map<string, bigint>;
  /** What operators say of their corrections. */
  corrections: Map<string, string>;
};

const LET_GO: EntryCode[] = ['released', 'expired'];

/** A line in words, with the link to what it is about. */
export function describeLine(entry: StatementEntryDto, subjects: Subjects): StatementLineDto {
  return {
    ...entry,
    reason: reasonOf(entry, subjects),
    about: aboutOf(entry.ref, subjects),
    note: noteOf(entry, subjects),
    txHash: subjects.deposits.get(entry.ref)?.txHash ?? null,
  };
}

function reasonOf({ ref, code, changeMillicredits }: StatementEntryDto, { relays, passes }: Subjects): string {
  if (LET_GO.includes(code) && relays.has(ref)) return MINT_ENDED;
  const pass = passes.get(ref);
  if (!pass) return reasons[code];
  if (code === 'relay_refund' && changeMillicredits.startsWith('-')) return PASS_RETURN_UNDONE;
  const isRenewal = pass.kind === 'renewal';
  if (code === 'relay') return isRenewal ? PASS_RENEWED : PASS_BOUGHT;
  if (LET_GO.includes(code)) return isRenewal ? PASS_NOT_RENEWED : PASS_ENDED;
  return reasons[code];
}

function aboutOf(ref: string, { runs, relays, passes, deposits, purchases }: Subjects): StatementLineDto['about'] {
  const run = runs.get(ref);
  if (run) return { text: run.modelName, href: run.href };
  const relay = relays.get(ref) ?? passes.get(ref);
  if (relay) return { text: relay.title, href: relay.href };
  return deposits.has(ref) || purchases.has(ref) ? { text: 'Receipt', href: `/credits/receipts/${ref}` } : null;
}

function noteOf({ ref, code }: StatementEntryDto, { runs, relays, passes, repaid, corrections }: Subjects): string | null {
  if (LET_GO.includes(code)) return (runs.get(ref) ?? relays.get(ref) ?? passes.get(ref))?.endedBecause ?? null;
  if (code === 'run' && runs.get(ref)?.isIncluded) return SHARE_OF_INCLUDED;
  if (code === 'correction') return corrections.get(ref) ?? null;
  const amount = code === 'deposit' || code === 'purchase' ? repaid.get(ref) : undefined;
  return amount ? `${formatCredits(amount)} more of it repaid what was owed.` : null;
}
