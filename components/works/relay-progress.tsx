'use client';
import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { RelayDto } from '@/lib/mint/relay/schema';
import { credits } from '../format';
import { Digest } from '../ui/digest';
import { Notice } from '../ui/notice';
import { usePoll } from '../wallet/use-poll';
import { isUnderWay, relaySteps, stepNames, stepWords } from './relay-words';

const LOOK_MS = 1_500;

/** A mint with credits on its way, as the server says it stands. At each step the page around is asked for anew. */
export function RelayProgress({ workId, relay: initial }: { workId: string; relay: RelayDto }) {
  const router = useRouter();
  const [relay, setRelay] = useState(initial);
  const look = async () => {
    const response = await fetch(`/api/works/${workId}/relay`);
    const next = response.ok ? ((await response.json()) as RelayDto | null) : null;
    if (next) setRelay(next);
  };
  usePoll(look, { active: isUnderWay(relay), everyMs: LOOK_MS });
  useEffect(() => setRelay(initial), [initial]);
  useEffect(() => {
    if (relay.step !== initial.step) router.refresh();
  }, [relay.step, initial.step, router]);

  if (relay.step === 'failed') return null;
  const reached = relaySteps.indexOf(relay.step);
  return (
    <div className="grid gap-4">
      <ol className="flex justify-between gap-2 text-xs" aria-label="Steps of the mint">
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
      <Notice role="status">{stepWords[relay.step]}</Notice>
    </div>
  );
}
