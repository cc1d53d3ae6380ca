import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { quoteAction } from '@/lib/generations/actions';
import { seedProblem } from '@/lib/generations/limits';
import type { QuoteDto } from '@/lib/generations/schema';
import type { Settings } from './settings';

export type QuoteState = { quote: QuoteDto | null; asking: boolean; problem: Problem | null };
/** `details.missing`: what would let somebody in. */
export type Problem = { code: string; message: string; details?: Record<string, unknown> };

const SETTLE_MS = 350;
/** A quote this close to its end is not used any more. */
const MARGIN_MS = 5_000;

/** Asks for the price of some settings. Server actions of one browser run one after another, so this is never called in a loop. */
export async function askForQuote(version: string, settings: Settings): Promise<Omit<QuoteState, 'asking'>> {
  const result = await quoteAction({ version, ...settings });
  if (result.data) return { quote: result.data, problem: null };
  if (result.serverError) return { quote: null, problem: result.serverError };
  const fields: Record<string, string[] | undefined> = result.validationErrors?.fieldErrors ?? {};
  const first = Object.values(fields).flat()[0];
  return { quote: null, problem: { code: 'invalid_input', message: first ?? 'Some of these settings are not valid.' } };
}

export const isFresh = (quote: QuoteDto): boolean => Date.parse(quote.expiresAt) - Date.now() > MARGIN_MS;

/**
 * The standing quote for the settings, asked for anew when they have rested for a moment. One question is open at a time; a
 * change in the meantime is asked about when its answer is in.
 */
export function useQuote(version: string, settings: Settings, enabled: boolean) {
  const [state, setState] = useState<QuoteState>({ quote: null, asking: false, problem: null });
  const [round, setRound] = useState(0);
  const askedFor = useRef<string | null>(null);
  const open = useRef(false);
  const wanted = JSON.stringify(settings);
  const seedReads = settings.seed === null || seedProblem(settings.seed) === null;

  const ask = useEffectEvent(async (): Promise<void> => {
    if (open.current) return;
    open.current = true;
    const about = wanted;
    const answer = await askForQuote(version, settings).catch(() => ({ quote: null, problem: unreachable }));
    open.current = false;
    askedFor.current = about;
    setState({ ...answer, asking: false });
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again about the same
  useEffect(() => {
    if (!enabled || !seedReads || wanted === askedFor.current || state.asking) return;
    const timer = setTimeout(() => {
      setState((now) => ({ ...now, asking: true }));
      void ask();
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [wanted, enabled, seedReads, state.asking, round]);

  /** Drops the quote and asks for another: after it was used, since each has its own seeds, or when what pays for it has changed. */
  const renew = () => {
    askedFor.current = null;
    setRound((now) => now + 1);
    setState((now) => ({ ...now, quote: null }));
  };
  const current = askedFor.current === wanted && state.quote && isFresh(state.quote) ? state.quote : null;
  return { ...state, current, renew };
}

export const unreachable = { code: 'offline', message: 'The server does not answer. Check your connection and try again.' };
