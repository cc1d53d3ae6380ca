'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import { quoteRelayAction } from '@/lib/mint/actions';
import type { RelayQuoteDto } from '@/lib/mint/relay/schema';

type Problem = { code: string; message: string };
export type RelayQuoteState = { quote: RelayQuoteDto | null; problem: Problem | null };

const MARGIN_MS = 5_000;
const unreachable = { code: 'internal', message: 'The server does not answer. Try again.' };

/** The price of a mint with credits; asked for anew when it runs out, since gas moves. */
export function useRelayQuote(workId: string): RelayQuoteState {
  const [state, setState] = useState<RelayQuoteState>({ quote: null, problem: null });
  const ask = useEffectEvent(async (): Promise<void> => {
    const result = await quoteRelayAction({ workId }).catch(() => null);
    setState(result?.data ? { quote: result.data, problem: null } : { quote: null, problem: result?.serverError ?? unreachable });
  });
  const endsAt = state.quote?.expiresAt;
  useEffect(() => {
    const leftMs = endsAt ? Date.parse(endsAt) - Date.now() - MARGIN_MS : 0;
    const timer = setTimeout(() => void ask(), Math.max(0, leftMs));
    return () => clearTimeout(timer);
  }, [endsAt]);
  return state;
}
