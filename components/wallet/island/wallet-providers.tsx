'use client';
import '@rainbow-me/rainbowkit/styles.css';
import { RainbowKitAuthenticationProvider, RainbowKitProvider } from '@rainbow-me/rainbowkit';
import { QueryClientProvider } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { UserRejectedRequestError } from 'viem';
import { useConnectionEffect, WagmiContext } from 'wagmi';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { say } from '../notices';
import { useLatest } from '../use-latest';
import { useSessionEnd } from '../use-session-end';
import { walletConfig, walletQueries } from './config';
import { signInAdapter } from './sign-in-adapter';
import { walletTheme } from './theme';

type Props = { viewer: ViewerDto; chain: ChainConfigDto & { chainId: number }; children: ReactNode };

/**
 * wagmi and RainbowKit around one island. Who is signed in is the server's word (`viewer`); the wallet only proposes. The context is
 * provided as it is: each WagmiProvider would restore and reconnect the shared config again, in the middle of what another island does.
 */
export function WalletProviders({ viewer, chain, children }: Props) {
  const { config } = walletConfig(chain);
  const router = useRouter();
  const { endForOther } = useSessionEnd();
  // Between the accepted signature and the server's new page.
  const [accepted, setAccepted] = useState<string | null>(null);
  const session = viewer?.address ?? accepted;

  const compare = useLatest((address: string) => {
    if (!session || session === address.toLowerCase()) return;
    setAccepted(null);
    void endForOther(address);
  });

  useEffect(() => {
    if (viewer) setAccepted(null);
  }, [viewer]);

  const adapter = useMemo(
    () =>
      signInAdapter({
        config,
        onSignedIn: (address) => {
          setAccepted(address);
          router.refresh();
        },
        onAccount: (address) => compare.current(address),
      }),
    [config, router, compare],
  );

  return (
    <WagmiContext.Provider value={config}>
      <QueryClientProvider client={walletQueries}>
        <RainbowKitAuthenticationProvider adapter={adapter} status={session ? 'authenticated' : 'unauthenticated'}>
          <RainbowKitProvider theme={walletTheme} modalSize="compact" initialChain={chain.chainId} appInfo={{ appName: 'Intaglio' }}>
            <WalletEvents onAccount={(address) => compare.current(address)} />
            {children}
          </RainbowKitProvider>
        </RainbowKitAuthenticationProvider>
      </QueryClientProvider>
    </WagmiContext.Provider>
  );
}

/** A wallet that connects shows its account: it may be another than the session's. And RainbowKit is silent on a declined signature. */
function WalletEvents({ onAccount }: { onAccount(address: string): void }) {
  useConnectionEffect({ onConnect: ({ address }) => onAccount(address) });
  useEffect(
    () =>
      walletQueries.getMutationCache().subscribe(({ mutation }) => {
        if (mutation?.options.mutationKey?.[0] !== 'signMessage' || mutation.state.status !== 'error') return;
        if (mutation.state.error instanceof UserRejectedRequestError) {
          say({ tone: 'plain', text: 'You declined the signature. Nothing was signed, and you are not signed in.' });
        }
      }),
    [],
  );
  return null;
}
