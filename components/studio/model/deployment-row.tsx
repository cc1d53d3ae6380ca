import { providerOf } from '@/lib/inference/providers';
import type { DeploymentDto } from '@/lib/studio/schema';
import { day, duration, moment, shortHex } from '../../format';
import { Badge } from '../../ui/badge';
import { DeploymentControls } from './deployment-controls';

/** One endpoint of a version, how it does, and what can be done about it. Its secret is never shown. `isLast`: no other one takes runs. */
export function DeploymentRow({ deployment, isLast }: { deployment: DeploymentDto; isLast: boolean }) {
  const { provider, url, reference, hasSecret, mustReport, retiredAt } = deployment;
  const name = provider === 'embedded' ? 'In the house' : (providerOf(provider)?.name ?? provider);
  return (
    <li className="grid gap-2 border-b border-rule py-4 text-sm">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span>{name}</span>
        <DeploymentBadge deployment={deployment} />
      </div>
      <p className="grid gap-0.5 font-mono text-xs break-all text-ink-soft">
        {url && <span>{url}</span>}
        {provider !== 'signed-http' && <span>{reference}</span>}
      </p>
      {provider !== 'signed-http' && mustReport && (
        <p className="text-xs text-ink-faint">
          Must report <span className="font-mono">{mustReport.startsWith('0x') ? shortHex(mustReport) : mustReport}</span>
        </p>
      )}
      {!retiredAt && <Health deployment={deployment} />}
      <p className="text-xs text-ink-faint">{hasSecret ? 'Its secret is sealed.' : 'No secret stored.'}</p>
      {!retiredAt && provider !== 'embedded' && (
        <DeploymentControls deployment={deployment} hasWebhook={providerOf(provider)?.webhookSecret ?? false} isLast={isLast} />
      )}
    </li>
  );
}

function DeploymentBadge({ deployment: { retiredAt, openUntil, lastCheck } }: { deployment: DeploymentDto }) {
  if (retiredAt) return <Badge>Retired {day(retiredAt)}</Badge>;
  if (openUntil) return <Badge tone="bad">Left alone until {moment(openUntil)}</Badge>;
  if (!lastCheck) return <Badge>Not looked at yet</Badge>;
  return lastCheck.fault ? <Badge tone="bad">Fails</Badge> : <Badge tone="good">Answers</Badge>;
}

/** The last look, the looks of a day, and the median of its runs. */
function Health({ deployment: { lastCheck, uptimePercent, p50Ms, failures } }: { deployment: DeploymentDto }) {
  const facts = [
    lastCheck && `looked at ${moment(lastCheck.at)}, ${duration(lastCheck.ms)}`,
    uptimePercent !== null && `up ${uptimePercent} % of the last day`,
    p50Ms !== null && `half of its runs within ${duration(p50Ms)}`,
    failures > 0 && `${failures} ${failures === 1 ? 'fault' : 'faults'} in a row`,
  ].filter((fact) => typeof fact === 'string');
  return (
    <p className="text-xs text-ink-soft first-letter:uppercase">
      {facts.length > 0 ? facts.join(' · ') : 'Published models are looked at every five minutes. Test a draft yourself.'}
    </p>
  );
}
