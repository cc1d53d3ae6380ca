'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { useWallet } from './use-wallet';
import type { TokenPayment, WalletCall, WalletLink } from './wallet-link';
import { WalletProblem } from './wallet-problem';

type Props = {
  viewer: ViewerDto;
  chain: ChainConfigDto;
  /** What the button does once nothing stands in the way: 'Pay 0.008 ETH'. */
  label: string;
  /** Completes 'Sign in to …'. */
  purpose: string;
  /** Makes the call, asked for right before it is sent. Throws WalletProblem. */
  prepare(): Promise<WalletCall | TokenPayment>;
  onSent(hash: `0x${string}`): void;
};
type Phase = 'idle' | 'preparing' | 'confirm';

/** One button that leads through the wallet: sign in, connect, switch network, confirm. It stays the same element throughout. */
export function WalletAction({ viewer, chain, label, purpose, prepare, onSent }: Props) {
  const { island, link, load, waiting, withLink } = useWallet(viewer, chain);
  const [phase, setPhase] = useState<Phase>('idle');
  const [problem, setProblem] = useState<WalletProblem | null>(null);
  const step = viewer ? (link?.step ?? 'ready') : 'signed_out';

  const run = async (ready: WalletLink) => {
    setProblem(null);
    try {
      if (ready.step === 'signed_out' || ready.step === 'connect') return ready.open();
      if (ready.step === 'wrong_network') return await ready.switchNetwork();
      if (ready.step === 'other_account') throw new WalletProblem('Your wallet shows another account than the one you are signed in as.');
      setPhase('preparing');
      const call = await prepare();
      setPhase('confirm');
      onSent(await ('token' in call ? ready.payToken(call) : ready.send(call)));
    } catch (error) {
      setProblem(error instanceof WalletProblem ? error : new WalletProblem('That did not work. Nothing was sent; try again.'));
    } finally {
      setPhase('idle');
    }
  };

  const labels: Record<WalletLink['step'], string> = {
    signed_out: `Sign in to ${purpose}`,
    connect: 'Connect your wallet',
    wrong_network: `Switch your wallet to ${chain.chainName}`,
    other_account: label,
    settling: label,
    ready: label,
  };
  const text = phase === 'preparing' ? 'Preparing' : phase === 'confirm' ? 'Confirm in your wallet' : labels[step];
  return (
    <div className="grid gap-3">
      <Button loading={waiting || phase !== 'idle'} onPointerEnter={load} onFocus={load} onClick={() => withLink(run)}>
        {text}
      </Button>
      <p className="sr-only" role="status">
        {phase === 'confirm' && 'Confirm in your wallet'}
      </p>
      {problem && (
        <Notice tone={problem.declined ? 'plain' : 'bad'} role={problem.declined ? 'status' : 'alert'}>
          {problem.message}
        </Notice>
      )}
      {island}
    </div>
  );
}
