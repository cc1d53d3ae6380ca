'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { RelayDto } from '@/lib/mint/relay/schema';
import { RelaySteps } from '../relay/relay-steps';
import { isUnderWay, stepWords } from '../relay/relay-words';
import { usePoll } from '../wallet/use-poll';

const LOOK_MS = 1_500;
const words = stepWords('the mint', 'Minted and safe.');

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

  const { step, priceMillicredits, txHash } = relay;
  if (step === 'failed') return null;
  return <RelaySteps relay={{ step, priceMillicredits, txHash }} label="Steps of the mint" words={words} />;
}
