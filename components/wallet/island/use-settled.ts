'use client';
import { useEffect, useState } from 'react';
import type { Config } from 'wagmi';
import { getConnection, watchConnection } from 'wagmi/actions';

/** An extension that does not answer is given up on, and the person asked to connect anew. */
const PATIENCE_MS = 5_000;
const isBusy = (status: string) => status === 'connecting' || status === 'reconnecting';

/**
 * Whether wagmi has tried to reconnect a known wallet. Before it starts to try it says 'disconnected', which then means nothing: only
 * an answer counts, and that is a connection, or the end of a try.
 */
export function useSettled(config: Config): boolean {
  const [settled, setSettled] = useState(() => getConnection(config).status === 'connected');
  useEffect(() => {
    const settle = () => setSettled(true);
    const timer = setTimeout(settle, PATIENCE_MS);
    const stop = watchConnection(config, {
      onChange: (now, before) => {
        if (!isBusy(now.status) && (isBusy(before.status) || now.status === 'connected')) settle();
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [config]);
  return settled;
}
