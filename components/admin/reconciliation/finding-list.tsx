import type { Route } from 'next';
import Link from 'next/link';
import { moment } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import { RecordList, RecordRow } from '@/components/ui/record';
import { formatAmount, formatDifference } from '@/lib/reconciliation/format-amount';
import { checks, type FindingDto, type Severity } from '@/lib/reconciliation/schema';

const badges: Record<Severity, { tone: 'bad' | 'copper' | 'plain'; text: string }> = {
  difference: { tone: 'bad', text: 'Differs' },
  in_flight: { tone: 'copper', text: 'In flight' },
  note: { tone: 'plain', text: 'To decide' },
};

/** Each thing that is not as the other side says, why, and what to do. */
export function FindingList({ findings }: { findings: FindingDto[] }) {
  return (
    <ul className="grid border-t border-rule">
      {findings.map((finding) => (
        <li key={finding.id} className="grid gap-3 border-b border-rule py-5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <h3 className="text-sm break-all">
              {checks[finding.check].title}: <span className="font-mono text-xs">{finding.subject}</span>
            </h3>
            {finding.resolvedAt ? <Badge tone="good">Gone since {moment(finding.resolvedAt)}</Badge> : <SeverityBadge severity={finding.severity} />}
          </div>
          <p className="text-sm text-ink-soft">{finding.explanation}</p>
          <RecordList>
            <RecordRow label="Should be">
              <Amount finding={finding} value={finding.expected} />
            </RecordRow>
            <RecordRow label="Is">
              <Amount finding={finding} value={finding.actual} />
            </RecordRow>
            {finding.difference && <RecordRow label="Difference">{formatDifference(finding.unit, finding.difference)}</RecordRow>}
            <RecordRow label="Since">{moment(finding.firstSeenAt)}</RecordRow>
          </RecordList>
          {finding.href && <More href={finding.href} />}
          {isMendable(finding) && (
            <p className="text-sm">
              <Link href={`/admin/corrections?finding=${finding.id}` as Route} className="text-link">
                Propose a correction
              </Link>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Of the ledger, where a transfer by hand can mend it. */
const isMendable = ({ severity, unit, difference, resolvedAt }: FindingDto): boolean =>
  severity === 'difference' && (unit === 'millicredits' || unit === 'gwei' || unit === 'runs') && difference !== null && resolvedAt === null;

function SeverityBadge({ severity }: { severity: Severity }) {
  return <Badge tone={badges[severity].tone}>{badges[severity].text}</Badge>;
}

function Amount({ finding, value }: { finding: FindingDto; value: string }) {
  return (
    <span className={finding.unit === null ? 'font-mono text-xs break-all' : 'tabular-nums break-all'}>{formatAmount(finding.unit, value)}</span>
  );
}

/** A page of ours, or of the other side. */
function More({ href }: { href: string }) {
  const isOurs = href.startsWith('/');
  return (
    <p className="text-sm">
      {isOurs ? (
        <Link href={href as Route} className="text-link">
          Look at it
        </Link>
      ) : (
        <a href={href} className="text-link" target="_blank" rel="noreferrer">
          Look at it there
        </a>
      )}
    </p>
  );
}
