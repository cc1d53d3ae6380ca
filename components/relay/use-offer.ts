'use client';
import { useEffect, useEffectEvent, useState } from 'react';

type Problem = { code: string; message: string };
/** What a server action comes back with. */
type Invalid = { fieldErrors: Record<string, string[] | undefined> };
export type Answer<T> = { data?: T; serverError?: Problem; validationErrors?: Invalid } | undefined;
export type OfferState<T> = { offer: T | null; problem: Problem | null; askAgain(): void };

const MARGIN_MS = 5_000;
const unreachable = { code: 'internal', message: 'The server does not answer. Try again.' };

/** What something costs in credits; asked for anew when that runs out, since gas moves, and when `about` changes. Null: there is nothing to ask. */
export function useOffer<T extends { expiresAt: string }>(about: string | null, ask: () => Promise<Answer<T>>): OfferState<T> {
  const [state, setState] = useState<{ about: string; offer: T | null; problem: Problem | null } | null>(null);
  const [again, setAgain] = useState(0);
  const askNow = useEffectEvent(async (key: string): Promise<void> => {
    const answer = await ask().catch(() => undefined);
    setState({ about: key, offer: answer?.data ?? null, problem: answer?.data ? null : (answer?.serverError ?? unreachable) });
  });
  // What was answered about something else is not shown for this.
  const current = state?.about === about ? state : null;
  const endsAt = current?.offer?.expiresAt;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` asks once more, whatever the last answer was
  useEffect(() => {
    if (about === null) return;
    const leftMs = endsAt ? Date.parse(endsAt) - Date.now() - MARGIN_MS : 0;
    const timer = setTimeout(() => void askNow(about), Math.max(0, leftMs));
    return () => clearTimeout(timer);
  }, [about, endsAt, again]);
  const askAgain = () => {
    setState(null);
    setAgain((times) => times + 1);
  };
  return { offer: current?.offer ?? null, problem: current?.problem ?? null, askAgain };
}
