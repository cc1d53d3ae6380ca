import type { PoolClient } from 'pg';
import type { Database } from '@/lib/db';
import type { CheckName, Severity, Unit } from './schema';

/** Something that is not as the other side says. (check, kind, subject) names it from one run to the next. */
export type Finding = {
  /** What sort of difference, in snake_case. */
  kind: string;
  /** What it is about: `run 0192…`, `deposit 0xab… #0`. */
  subject: string;
  severity: Severity;
  unit: Unit;
  expected: string;
  actual: string;
  difference: string | null;
  /** Why it is so, as far as is known, and what to do. */
  explanation: string;
  /** Where an operator can look. */
  href: string | null;
  /** What is in flight is a difference when it still stands after this long; null: time alone does not make it one. */
  graceMinutes: number | null;
};

/** `compared`: a sentence that says how much was looked at. `off`: why it cannot be made here. */
export type CheckResult = { compared: string; findings: Finding[] } | { off: string };

export type CheckContext = {
  db: Database;
  /** Reads of the database that belong together, of one moment. Nothing slow happens inside. */
  snapshot: <T>(read: (sql: PoolClient) => Promise<T>) => Promise<T>;
};

/** One comparison. It changes nothing. */
export type Check = { name: CheckName; run: (context: CheckContext) => Promise<CheckResult> };

const plain = { severity: 'difference', href: null, graceMinutes: null } as const;
type Told = Pick<Finding, 'kind' | 'subject' | 'explanation'> & Partial<Pick<Finding, 'severity' | 'href' | 'graceMinutes'>>;

/** A finding about an amount. */
export function amountFinding(told: Told, unit: NonNullable<Unit>, expected: bigint, actual: bigint): Finding {
  return { ...plain, ...told, unit, expected: `${expected}`, actual: `${actual}`, difference: `${actual - expected}` };
}

/** A finding about a fact. */
export function factFinding(told: Told, expected: string, actual: string): Finding {
  return { ...plain, ...told, unit: null, expected, actual, difference: null };
}

/** What one check tells of at most: a thousand lines say no more than these. */
export const FINDINGS_SHOWN = 200;

/** So many of them, differences before all else: a crowd of notes, which strangers can make, must not push one out. */
export const mostUrgent = (findings: Finding[]): Finding[] =>
  [...findings].sort((a, b) => Number(b.severity === 'difference') - Number(a.severity === 'difference')).slice(0, FINDINGS_SHOWN);
