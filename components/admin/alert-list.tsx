import { moment } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import { Disclosure } from '@/components/ui/disclosure';
import { RecordList, RecordRow } from '@/components/ui/record';
import type { AlertDto } from '@/lib/alerts/schema';
import { AcknowledgeAlert } from './acknowledge-alert';

/** What the house noticed: what waits for somebody first. */
export function AlertList({ alerts }: { alerts: AlertDto[] }) {
  return (
    <ul className="grid border-t border-rule">
      {alerts.map((alert) => (
        <li key={alert.id} className="grid gap-2 border-b border-rule py-4">
          <div className="flex flex-wrap items-baseline justify-between gap-4 text-xs text-ink-faint">
            <span>
              {alert.kind.replaceAll('_', ' ')}, {moment(alert.at)}
            </span>
            {alert.acknowledgedAt ? <Badge tone="good">Noted {moment(alert.acknowledgedAt)}</Badge> : <Badge tone="bad">Waits for you</Badge>}
          </div>
          <p className="text-sm">{alert.text}</p>
          {Object.keys(alert.details).length > 0 && (
            <Disclosure summary="Details">
              <RecordList>
                {Object.entries(alert.details).map(([name, value]) => (
                  <RecordRow key={name} label={name}>
                    <span className="font-mono text-xs break-all">{String(value)}</span>
                  </RecordRow>
                ))}
              </RecordList>
            </Disclosure>
          )}
          {!alert.acknowledgedAt && <AcknowledgeAlert id={alert.id} />}
        </li>
      ))}
    </ul>
  );
}
