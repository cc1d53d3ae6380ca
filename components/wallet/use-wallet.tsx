'use client';
import { type ComponentType, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { WalletIslandProps } from './island/wallet-island';
import { say } from './notices';
import type { WalletLink } from './wallet-link';

// The one way to wagmi and RainbowKit: whatever imports this file stays free of them until somebody means to use a wallet.
const loadIsland = () => import('./island/wallet-island').then((module) => module.WalletIsland);

type Wallet = {
  /** Has to be somewhere in the page. */
  island: ReactNode;
  /** Null until loaded. */
  link: WalletLink | null;
  /** Starts loading; safe to repeat. */
  load(): void;
  /** True from a click until the wallet is there to answer it. */
  waiting: boolean;
  /** Loads if need be, waits until the wallet has settled, then calls back once. */
  withLink(use: (link: WalletLink) => void): void;
};

/** The wallet, loaded when it is wanted. */
export function useWallet(viewer: ViewerDto, chain: ChainConfigDto): Wallet {
  const [Island, setIsland] = useState<ComponentType<WalletIslandProps> | null>(null);
  const [link, setLink] = useState<WalletLink | null>(null);
  const [waiting, setWaiting] = useState(false);
  const wanted = useRef<((link: WalletLink) => void) | null>(null);

  const load = useCallback(() => {
    loadIsland().then(
      (component) => setIsland(() => component),
      () => {
        setWaiting(false);
        say({ tone: 'bad', text: 'The wallet part of this page could not be loaded. Check your connection and try again.' });
      },
    );
  }, []);

  const withLink = useCallback(
    (use: (link: WalletLink) => void) => {
      if (chain.chainId === null) {
        say({ tone: 'bad', text: 'The chain does not answer right now. Reload the page in a moment.' });
        return;
      }
      if (link && link.step !== 'settling') return use(link);
      wanted.current = use;
      setWaiting(true);
      load();
    },
    [chain.chainId, link, load],
  );

  useEffect(() => {
    if (!link || link.step === 'settling' || !wanted.current) return;
    const use = wanted.current;
    wanted.current = null;
    setWaiting(false);
    use(link);
  }, [link]);

  const island = Island && chain.chainId !== null && <Island viewer={viewer} chain={{ ...chain, chainId: chain.chainId }} onLink={setLink} />;
  return { island, link, load, waiting, withLink };
}
