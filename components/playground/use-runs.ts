import { useCallback, useEffect, useState } from 'react';
import { isOpen } from '@/lib/generations/is-open';
import type { GenerationDto } from '@/lib/generations/schema';

const RETRY_MS = 3_000;

/** Follows the runs of one quote by server-sent events until all have ended. Returns what stops it. */
function follow(quoteId: string, onRuns: (runs: GenerationDto[]) => void): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source = new EventSource(`/api/generations/events?quote=${quoteId}`);
    source.onmessage = (event) => onRuns(JSON.parse(event.data));
    source.addEventListener('done', () => source?.close());
    // The browser reconnects by itself after a cut line; after a refusal (a restarting server's 502) it does not.
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(connect, RETRY_MS);
    };
  };
  connect();
  return () => {
    clearTimeout(retry);
    source?.close();
  };
}

/** Runs on the page, newest quote first, kept up to date. Give it the ones that were open when the page was made. */
export function useRuns(initial: GenerationDto[]) {
  const [runs, setRuns] = useState<GenerationDto[]>(initial);
  const merge = useCallback((fresh: GenerationDto[]) => {
    const ids = new Set(fresh.map((run) => run.id));
    setRuns((now) => [...fresh, ...now.filter((run) => !ids.has(run.id))].sort(newestQuoteFirst));
  }, []);
  const openQuotes = [...new Set(runs.filter(isOpen).map((run) => run.quoteId))].sort().join();
  useEffect(() => {
    const stops = openQuotes
      .split(',')
      .filter(Boolean)
      .map((quoteId) => follow(quoteId, merge));
    return () => {
      for (const stop of stops) stop();
    };
  }, [openQuotes, merge]);
  return { runs, merge };
}

function newestQuoteFirst(a: GenerationDto, b: GenerationDto): number {
  if (a.quoteId !== b.quoteId) return b.createdAt.localeCompare(a.createdAt) || b.quoteId.localeCompare(a.quoteId);
  return a.ordinal - b.ordinal;
}
