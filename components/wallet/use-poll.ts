'use client';
import { useEffect } from 'react';
import { useLatest } from './use-latest';

/** Calls `look` now and then every `everyMs` while active, one at a time, and not while the tab is hidden. A failed look is tried again. */
export function usePoll(look: () => Promise<void>, { active, everyMs }: { active: boolean; everyMs: number }): void {
  const latest = useLatest(look);
  useEffect(() => {
    if (!active) return;
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const turn = async () => {
      if (!document.hidden) await latest.current().catch(() => {});
      if (!stopped) timer = setTimeout(turn, everyMs);
    };
    void turn();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [active, everyMs, latest]);
}
