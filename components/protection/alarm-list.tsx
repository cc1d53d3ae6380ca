import type { AlarmDto } from '@/lib/protection/schema';
import { moment } from '../format';
import { AlarmPlots } from './alarm-plots';
import { alarmWords } from './alarm-words';
import { DismissAlarm } from './dismiss-alarm';
import { WalletControls } from './wallet-controls';

/** Alarms with their evidence, and what can be done about each wallet. */
export function AlarmList({ slug, alarms }: { slug: string; alarms: AlarmDto[] }) {
  if (alarms.length === 0) return <p className="text-sm text-ink-soft">None. Finished runs are looked at within seconds.</p>;
  return (
    <ul className="grid gap-10">
      {alarms.map((alarm) => (
        <Alarm key={alarm.id} slug={slug} alarm={alarm} />
      ))}
    </ul>
  );
}

function Alarm({ slug, alarm }: { slug: string; alarm: AlarmDto }) {
  const { title, facts, harmless } = alarmWords(alarm);
  return (
    <li className="grid gap-4 border-l-2 border-madder pl-4 text-sm">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h3 className="font-medium">{title}</h3>
        <DismissAlarm slug={slug} id={alarm.id} />
      </div>
      <div className="grid max-w-prose gap-1">
        {facts.map((fact) => (
          <p key={fact}>{fact}</p>
        ))}
        <p className="text-ink-soft">{harmless}</p>
        <p className="text-xs text-ink-faint">
          Raised {moment(alarm.firstAt)}, last seen {moment(alarm.lastAt)}
        </p>
      </div>
      <AlarmPlots alarm={alarm} />
      <ul className="grid gap-3">
        {alarm.addresses.map((address) => (
          <li key={address}>
            <WalletControls slug={slug} address={address} />
          </li>
        ))}
      </ul>
    </li>
  );
}
