'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { unclaimedWords } from '@/components/credits/deposit-words';
import { credits } from '@/components/format';
import { Button } from '@/components/ui/button';
import { Digest } from '@/components/ui/digest';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import type { DepositDto } from '@/lib/payments/schema';
import { type DepositFacts, type DepositPhase, depositPhase, isSettled } from './deposit-phase';
import { keepPending, type Pending } from './pending';
import { transactionOutcome } from './rpc';
import { usePoll } from './use-poll';

type Props = { pending: Pending; owner: string; rpcPath: string; onDone(): void };

const LOOK_MS = 1_500;

/** A payment on its way, as the server's indexer sees it. When it is credited the page is asked for anew, so that the balance shows it. */
export function DepositProgress({ pending, owner, rpcPath, onDone }: Props) {
  const router = useRouter();
  const [facts, setFacts] = useState<DepositFacts>({ deposit: null, outcome: null, waitedMs: 0 });
  const phase = depositPhase(facts);
  const settled = isSettled(phase);

  const look = async () => {
    const response = await fetch(`/api/deposits/${pending.subject}`);
    if (!response.ok) return;
    const deposit = (await response.json()) as DepositDto | null;
    const outcome = deposit ? 'succeeded' : await transactionOutcome(rpcPath, pending.hash);
    setFacts({ deposit, outcome, waitedMs: Date.now() - pending.sentAtMs });
  };
  usePoll(look, { active: !settled, everyMs: LOOK_MS });

  useEffect(() => {
    if (!settled) return;
    keepPending('deposit', owner, null);
    router.refresh();
  }, [settled, owner, router]);

  const { percent, text, tone } = wordsFor(phase);
  return (
    <div className="grid gap-4">
      <div className="flex items-center justify-between gap-4 text-sm">
        <span className="text-ink-soft">Payment</span>
        <Digest value={pending.hash} label="transaction hash" />
      </div>
      {percent !== undefined && <Progress percent={percent} label="Payment" />}
      <Notice tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
        {text}
      </Notice>
      {(settled || (phase.kind === 'sent' && phase.slow)) && (
        <Button variant="outline" onClick={onDone}>
          {phase.kind === 'credited' ? 'Buy more' : 'Start over'}
        </Button>
      )}
    </div>
  );
}

const finalityWords = { seen: 'Seen on the chain', safe: 'Safe on the chain', final: 'Final on the chain' };

type Description = { text: string; tone: 'plain' | 'good' | 'bad'; percent?: number | null };

function wordsFor(phase: DepositPhase): Description {
  switch (phase.kind) {
    case 'sent':
      return {
        percent: null,
        tone: 'plain',
        text: phase.slow
          ? 'Still not on the chain. If your wallet dropped or replaced the payment, start over; if it does arrive, it is credited all the same.'
          : 'Sent. Waiting for the chain to take it.',
      };
    case 'seen':
      return {
        percent: (100 * phase.confirmations) / phase.needed,
        tone: 'plain',
        text: `${finalityWords[phase.finality]}: ${phase.confirmations} of ${phase.needed} confirmations. You may leave this page.`,
      };
    case 'credited':
      return { tone: 'good', text: `${credits(phase.millicredits)} added to your balance.` };
    case 'failed':
      return { tone: 'bad', text: 'The chain turned the payment down. Only the network fee was spent.' };
    case 'reversed':
      return { percent: null, tone: 'bad', text: 'The chain took the block of this payment back. It usually comes again in another one.' };
    case 'unclaimed':
      return {
        tone: 'bad',
        text: unclaimedWords[phase.because],
      };
    case 'returned':
      return { tone: 'plain', text: 'The payment is sent back to the address it came from.' };
  }
}
