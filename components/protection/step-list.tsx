import type { StepDto } from '@/lib/protection/schema';
import { credits, moment, shortHex } from '../format';

function words({ kind, details, refundedMillicredits }: StepDto): string {
  if (kind === 'slowed') return `slowed to one run in ${details.minSeconds} s`;
  if (kind === 'stopped') return 'stopped';
  if (kind === 'lifted') return 'may run as others do again';
  if (kind === 'refunded') return `given back ${credits(refundedMillicredits)} for the last ${details.runs} runs`;
  if (kind === 'dismissed') return 'An alarm was put aside';
  const limits = [details.perHour && `${details.perHour} an hour`, details.perDay && `${details.perDay} a day`].filter(Boolean).join(', ');
  return `Budget (${details.subject}): ${limits || 'none'}`;
}

/** Everything a creator did here, newest first. */
export function StepList({ steps }: { steps: StepDto[] }) {
  if (steps.length === 0) return <p className="text-sm text-ink-soft">Nothing yet.</p>;
  return (
    <ul className="grid gap-2 text-sm">
      {steps.map((step) => (
        <li key={step.id} className="flex flex-wrap gap-x-3">
          <span className="text-xs text-ink-faint">{moment(step.at)}</span>
          {step.address && <span className="font-mono text-xs">{shortHex(step.address, 6)}</span>}
          <span>{words(step)}</span>
        </li>
      ))}
    </ul>
  );
}
