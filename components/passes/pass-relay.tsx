import type { Route } from 'next';
import Link from 'next/link';
import type { PassRelayDto } from '@/lib/passes/relay/schema';
import { RelaySteps } from '../relay/relay-steps';
import { type RelayStep, stepWords } from '../relay/relay-words';
import { Notice } from '../ui/notice';
import { RelayFailed } from './relay-failed';

type Props = { relay: PassRelayDto /** 'purchase' or 'renewal'. */; what: string /** Said once the index has it. */; done: string };

/** How far it is with a pass that the house buys or renews for credits, and what became of it. */
export function PassRelay({ relay, what, done }: Props) {
  const { step, priceMillicredits, txHash, path } = relay;
  if (step === 'failed') return <RelayFailed relay={relay} what={what} />;
  const words: Record<RelayStep, string> = stepWords(`the ${what}`, 'It is safe.');
  return (
    <div className="grid gap-4">
      <RelaySteps relay={{ step, priceMillicredits, txHash }} label={`Steps of the ${what}`} words={words} />
      {path && (
        <Notice tone="good" role="status">
          {done}{' '}
          <Link href={path as Route} className="text-link">
            Its page
          </Link>
        </Notice>
      )}
    </div>
  );
}
