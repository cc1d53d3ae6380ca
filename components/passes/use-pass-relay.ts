'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { PassRelayDto } from '@/lib/passes/relay/schema';
import { isUnderWay } from '../relay/relay-words';
import { usePoll } from '../wallet/use-poll';

const LOOK_MS = 1_500;

/** What the house sends about a pass for credits, followed by its id until it is safe. `initial` is what the server knew, so it survives a reload. */
export function usePassRelay(initial: PassRelayDto | null) {
  const router = useRouter();
  const [relay, setRelay] = useState(initial);
  // Of what went well the server tells no more: what was seen here stands.
  useEffect(() => {
    if (initial) setRelay(initial);
  }, [initial]);
  const look = async () => {
    if (!relay) return;
    const response = await fetch(`/api/passes/relays/${relay.id}`);
    const next = response.ok ? ((await response.json()) as PassRelayDto | null) : null;
    if (!next) return;
    setRelay(next);
    // Supply, runs and time on the page have changed, or the balance in the header.
    if (next.path !== relay.path || !isUnderWay(next)) router.refresh();
  };
  usePoll(look, { active: isUnderWay(relay), everyMs: LOOK_MS });
  const follow = (id: string, priceMillicredits: string, isGift: boolean) =>
    setRelay({ id, step: 'waiting', priceMillicredits, txHash: null, isGift, path: null, problem: null });
  return { relay, follow, forget: () => setRelay(null) };
}
