'use client';
import type { ReactNode } from 'react';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { CallPlanDto } from '@/lib/chain/schema';
import { WalletAction } from '../wallet/wallet-action';
import { WalletProblem } from '../wallet/wallet-problem';
import { SentNotice } from './sent-notice';
import { useSent } from './use-sent';

export type Wallet = { viewer: ViewerDto; chain: ChainConfigDto };
type Props = Wallet & {
  /** What it is about, so that what was sent is found again after a reload: 'buy 0x… 1'. */
  subject: string;
  label: string;
  /** Completes 'Sign in to …'. */
  purpose: string;
  doing: string;
  done: string;
  /** Asked for right before it is sent. Throws WalletProblem. Null: nothing can be sent any more. */
  plan: (() => Promise<CallPlanDto>) | null;
  onDone?(): void;
  /** Another way to have it done, while nothing is on its way. */
  otherWay?: ReactNode;
};

/** One planned call from the wallet, followed until the index has it. */
export function PassStep({ subject, viewer, chain, label, purpose, doing, done, plan, onDone, otherWay }: Props) {
  const { phase, onSent } = useSent(subject, chain.rpcPath, onDone);
  const prepare = async () => {
    const { chainId, calls } = (await plan?.()) ?? { chainId: 0, calls: [] };
    const [call] = calls;
    if (!call) throw new WalletProblem('There is nothing to send.');
    return { chainId, to: call.to as `0x${string}`, data: call.data as `0x${string}`, valueWei: call.valueWei };
  };
  const isWaiting = phase.kind === 'waiting' && !phase.isSlow;
  return (
    <div className="grid gap-3">
      {plan && !isWaiting && (
        <>
          <WalletAction viewer={viewer} chain={chain} label={label} purpose={purpose} prepare={prepare} onSent={onSent} />
          {otherWay}
        </>
      )}
      <SentNotice phase={phase} doing={doing} done={done} />
    </div>
  );
}
