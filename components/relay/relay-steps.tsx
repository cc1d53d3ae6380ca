import { clsx } from 'clsx';
import { credits } from '../format';
import { Digest } from '../ui/digest';
import { Notice } from '../ui/notice';
import { type RelayStep, relaySteps, stepNames } from './relay-words';

type Props = {
  relay: { step: RelayStep; priceMillicredits: string; txHash: string | null };
  /** 'Steps of the mint'. */
  label: string;
  /** What each step means for the person who waits. */
  words: Record<RelayStep, string>;
};

/** How far something is that the house sends for credits. */
export function RelaySteps({ relay, label, words }: Props) {
  const reached = relaySteps.indexOf(relay.step);
  return (
    <div className="grid gap-4">
      <ol className="flex justify-between gap-2 text-xs" aria-label={label}>
        {relaySteps.map((step, i) => (
          <li
            key={step}
            aria-current={i === reached ? 'step' : undefined}
            className={clsx('grow border-t-2 pt-2', i <= reached ? 'border-copper text-ink' : 'border-rule text-ink-faint')}
          >
            {stepNames[step]}
          </li>
        ))}
      </ol>
      <div className="flex items-center justify-between gap-4 text-sm">
        <span className="text-ink-soft">Price</span>
        <span className="tabular-nums">{credits(relay.priceMillicredits)}</span>
      </div>
      {relay.txHash && (
        <div className="flex items-center justify-between gap-4 text-sm">
          <span className="text-ink-soft">Transaction</span>
          <Digest value={relay.txHash} label="transaction hash" />
        </div>
      )}
      <Notice role="status">{words[relay.step]}</Notice>
    </div>
  );
}
