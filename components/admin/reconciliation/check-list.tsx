import { duration, plural } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import { type CheckOutcome, checks } from '@/lib/reconciliation/schema';

/** Each comparison of a run: what with what, how much of it, and how it went. */
export function CheckList({ outcomes }: { outcomes: CheckOutcome[] }) {
  return (
    <ul className="border-t border-rule">
      {outcomes.map((outcome) => (
        <li key={outcome.check} className="grid gap-1 border-b border-rule py-3">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <h3 className="text-sm font-medium">{checks[outcome.check].title}</h3>
            <CheckBadge outcome={outcome} />
          </div>
          <p className="text-xs text-ink-soft">against {checks[outcome.check].against}</p>
          <p className="text-xs text-ink-faint">
            {outcome.said}
            {outcome.state !== 'off' && ` · ${duration(outcome.ms)}`}
          </p>
        </li>
      ))}
    </ul>
  );
}

function CheckBadge({ outcome: { state, differences, findings } }: { outcome: CheckOutcome }) {
  if (state === 'ok') return <Badge tone="good">Agrees</Badge>;
  if (state === 'differs') return <Badge tone="bad">{plural('difference', differences)}</Badge>;
  if (state === 'in_flight') return <Badge tone="copper">{`Agrees, ${findings} explained`}</Badge>;
  return state === 'off' ? <Badge>Off</Badge> : <Badge tone="bad">Could not be made</Badge>;
}
