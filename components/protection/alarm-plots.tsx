import type { AlarmDto } from '@/lib/protection/schema';
import { moment } from '../format';
import { Bars } from './bars';

/** The evidence of an alarm, drawn. */
export function AlarmPlots({ alarm }: { alarm: AlarmDto }) {
  if (alarm.kind === 'sweep') {
    const { steps, words, covered } = alarm.evidence;
    return (
      <div className="flex flex-wrap gap-6">
        <Bars label="How far settings moved to the next query" values={steps.next} from="not at all" to="all the way" />
        <Bars label="The same between any two queries" values={steps.apart} from="not at all" to="all the way" />
        <Bars label="How much prompts changed to the next" values={words.next} from="same" to="all new" />
        <ul className="grid content-start gap-1 text-xs text-ink-soft">
          {covered.map(({ title, share }) => (
            <li key={title}>
              {title}: {Math.round(share * 100)} % of its range
            </li>
          ))}
        </ul>
      </div>
    );
  }
  if (alarm.kind !== 'seeds') return null;
  const { overTime, fromMs, toMs } = alarm.evidence;
  const day = (ms: number) => moment(new Date(ms).toISOString());
  return <Bars label="Runs over time" values={overTime} from={day(fromMs)} to={day(toMs)} />;
}
