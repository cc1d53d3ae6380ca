'use client';
import { useEffect, useState } from 'react';
import type { WalletConfig } from './config';

/** Whether wagmi has tried to reconnect a known wallet. */
export function useSettled({ settled }: WalletConfig): boolean {
  const [done, setDone] = useState(false);
  useEffect(() => {
    let current = true;
    settled.then(() => current && setDone(true));
    return () => {
      current = false;
    };
  }, [settled]);
  return done;
}
