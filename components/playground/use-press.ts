import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { startAction } from '@/lib/generations/actions';
import type { GenerationDto, QuoteDto } from '@/lib/generations/schema';
import type { Settings } from './settings';
import { askForQuote, isFresh, type Problem, unreachable } from './use-quote';

/** Starting runs: takes the standing quote or asks for one, starts it, and remembers what each quote was asked for. */
export function usePress(version: string, onStarted: (runs: GenerationDto[]) => void) {
  const router = useRouter();
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const settingsOf = useRef(new Map<string, Settings>());

  const press = async (settings: Settings, standing: QuoteDto | null): Promise<void> => {
    setStarting(true);
    setProblem(null);
    try {
      const asked = standing && isFresh(standing) ? { quote: standing, problem: null } : await askForQuote(version, settings);
      if (!asked.quote) return setProblem(asked.problem);
      const result = await startAction({ token: asked.quote.token });
      if (!result.data) return setProblem(result.serverError ?? { code: 'quote_invalid', message: 'The price has changed. Try again.' });
      settingsOf.current.set(result.data.quoteId, settings);
      onStarted(result.data.generations);
      // The balance in the header has changed.
      router.refresh();
    } catch {
      setProblem(unreachable);
    } finally {
      setStarting(false);
    }
  };
  return { press, starting, problem, setProblem, settingsOf: (run: GenerationDto) => settingsOf.current.get(run.quoteId) ?? null };
}
