import { formatAmount, formatDifference } from '@/lib/reconciliation/format-amount';
import { type CheckOutcome, checks, type FindingDto, type RunDto, type Severity } from '@/lib/reconciliation/schema';

const TITLE_WIDTH = 26;
const marks: Record<CheckOutcome['state'], string> = { ok: '✓', in_flight: '✓', differs: '✗', off: '·', failed: '!' };
const words: Record<Severity, string> = { difference: 'DIFFERS', in_flight: 'in flight', note: 'to decide' };

/** A run and what stands, for people. */
export function ledgerCheckLines(run: RunDto, findings: FindingDto[]): string[] {
  return [
    ...run.outcomes.map(outcomeLine),
    ...(run.error ? ['', `The run failed: ${run.error}`] : []),
    ...findings.flatMap(findingLines),
    '',
    verdict(run, findings),
  ];
}

const outcomeLine = ({ check, state, said }: CheckOutcome) =>
  `${marks[state]} ${checks[check].title.padEnd(TITLE_WIDTH)} ${outcomeText(state, said)}`;

function outcomeText(state: CheckOutcome['state'], said: string): string {
  if (state === 'off') return `off: ${said}`;
  return state === 'failed' ? `could not be made: ${said}` : said;
}

function findingLines({ check, subject, severity, unit, expected, actual, difference, explanation, firstSeenAt }: FindingDto): string[] {
  return [
    '',
    `${words[severity]}  ${checks[check].title}: ${subject}  (since ${firstSeenAt})`,
    `    should be ${formatAmount(unit, expected)}, is ${formatAmount(unit, actual)}${difference ? ` (${formatDifference(unit, difference)})` : ''}`,
    `    ${explanation}`,
  ];
}

function verdict(run: RunDto, findings: FindingDto[]): string {
  const differences = findings.filter(({ severity }) => severity === 'difference').length;
  const failed = run.outcomes.filter(({ state }) => state === 'failed').length;
  if (differences > 0) return `${differences} ${differences === 1 ? 'difference' : 'differences'} to look into.`;
  return failed > 0 ? `What could be compared agrees; ${failed} could not be.` : 'The books agree with everything they were compared with.';
}
