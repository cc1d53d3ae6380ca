'use client';
import { useConnectModal } from '@rainbow-me/rainbowkit';
import { useEffect, useMemo } from 'react';
import { useConfig, useConnection, useSwitchChain } from 'wagmi';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { useLatest } from '../use-latest';
import type { TokenPayment, WalletCall, WalletLink } from '../wallet-link';
import { WalletProblem } from '../wallet-problem';
import { walletConfig } from './config';
import { explain } from './explain';
import { payToken } from './pay-token';
import { sendCall } from './send-call';
import { useSettled } from './use-settled';
import { WalletProviders } from './wallet-providers';

export type WalletIslandProps = { viewer: ViewerDto; chain: ChainConfigDto & { chainId: number }; onLink(link: WalletLink): void };

/** The wallet stack, with no face of its own but RainbowKit's dialogs: the buttons stay in the page and speak to it by the link. */
export function WalletIsland(props: WalletIslandProps) {
  return (
    <WalletProviders viewer={props.viewer} chain={props.chain}>
      <Link {...props} />
    </WalletProviders>
  );
}

function Link({ viewer, chain, onLink }: WalletIslandProps) {
  const config = useConfig();
  const connection = useConnection();
  const { openConnectModal } = useConnectModal();
  const { mutateAsync: switchChain } = useSwitchChain();
  const settled = useSettled(walletConfig(chain));
  const step = settled ? stepOf(viewer, chain.chainId, connection) : 'settling';
  const openModal = useLatest(openConnectModal);
  const mismatch = useLatest(connection.status === 'connected' && connection.chainId !== chain.chainId);

  const link = useMemo((): WalletLink => {
    const switchNetwork = async () => {
      await switchChain({ chainId: chain.chainId }).catch((error: unknown) => {
        throw explain(error);
      });
    };
    return {
      step,
      open: () =>
        // RainbowKit closes its dialogs in an effect of its first render: ours must come after it.
        void setTimeout(async () => {
          // Connected on another network, its signing step would do nothing.
          if (mismatch.current) await switchNetwork().catch(() => {});
          openModal.current?.();
        }),
      switchNetwork,
      send: (call: WalletCall) => {
        if (!viewer) throw new WalletProblem('Sign in first.');
        return sendCall(config, viewer.address, call);
      },
      payToken: (payment: TokenPayment) => {
        if (!viewer) throw new WalletProblem('Sign in first.');
        return payToken(config, viewer.address, payment);
      },
    };
  }, [config, viewer, chain.chainId, step, switchChain, openModal, mismatch]);

  useEffect(() => onLink(link), [link, onLink]);
  return null;
}

type Connection = { address?: string | undefined; chainId?: number | undefined };

function stepOf(viewer: ViewerDto, chainId: number, { address, chainId: walletChainId }: Connection): WalletLink['step'] {
  if (!viewer) return 'signed_out';
  if (!address) return 'connect';
  if (address.toLowerCase() !== viewer.address) return 'other_account';
  return walletChainId === chainId ? 'ready' : 'wrong_network';
}
