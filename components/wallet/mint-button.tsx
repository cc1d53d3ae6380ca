'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Digest } from '@/components/ui/digest';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { MintStatusDto } from '@/lib/mint/schema';
import { MintForm } from './mint-form';
import { type MintPhase, mintPhase } from './mint-phase';
import { keepPending, type Pending, readPending } from './pending';
import { transactionOutcome } from './rpc';
import { usePoll } from './use-poll';

type Props = { workId: string; status: MintStatusDto; viewer: ViewerDto; chain: ChainConfigDto };

const LOOK_MS = 1_500;

/** A work on its way to being a token: title, wallet, chain. It is minted when the server's indexer says so. */
export function MintButton({ workId, status: initial, viewer, chain }: Props) {
  const router = useRouter();
  const [status, setStatus] = useState(initial);
  const [sent, setSent] = useState<Pending | null>(null);
  const [outcome, setOutcome] = useState<'succeeded' | 'reverted' | null>(null);
  const phase = mintPhase(status, sent && { outcome, waitedMs: Date.now() - sent.sentAtMs });

  useEffect(() => setStatus(initial), [initial]);
  useEffect(() => setSent(readPending('mint', workId)), [workId]);

  const look = async () => {
    const response = await fetch(`/api/works/${workId}/mint`);
    if (!response.ok) return;
    const next = (await response.json()) as MintStatusDto;
    if (sent && next.state !== 'minted') setOutcome(await transactionOutcome(chain.rpcPath, sent.hash));
    setStatus(next);
  };
  usePoll(look, { active: phase.moving, everyMs: LOOK_MS });

  const over = phase.kind === 'minted' || phase.kind === 'failed';
  useEffect(() => {
    if (over) keepPending('mint', workId, null);
  }, [over, workId]);
  // The page around shows the file, the token and the history: it is asked for anew when one of them has changed.
  useEffect(() => {
    if (status.state !== initial.state || status.finality !== initial.finality) router.refresh();
  }, [status.state, status.finality, initial.state, initial.finality, router]);

  const startOver = () => {
    keepPending('mint', workId, null);
    setSent(null);
    setOutcome(null);
  };
  return (
    <div className="grid gap-4">
      <PhaseNotice phase={phase} hash={status.txHash ?? sent?.hash ?? null} />
      {(phase.kind === 'ready' || phase.kind === 'failed' || (phase.kind === 'sent' && phase.slow)) && (
        <MintForm
          workId={workId}
          status={status}
          viewer={viewer}
          chain={chain}
          onSent={(hash) => {
            const pending: Pending = { hash, subject: workId, sentAtMs: Date.now() };
            startOver();
            keepPending('mint', workId, pending);
            setSent(pending);
          }}
        />
      )}
    </div>
  );
}

function PhaseNotice({ phase, hash }: { phase: MintPhase; hash: string | null }) {
  const transaction = hash && (
    <div className="flex items-center justify-between gap-4 text-sm">
      <span className="text-ink-soft">Transaction</span>
      <Digest value={hash} label="transaction hash" />
    </div>
  );
  switch (phase.kind) {
    case 'ready':
      return null;
    case 'draft':
      return <Notice>Made while its version was a draft, so it cannot be minted. It stays yours to keep.</Notice>;
    case 'unsealed':
      return (
        <>
          <Progress percent={null} label="Sealing" />
          <Notice role="status">The file is being sealed. It can be minted in a few seconds.</Notice>
        </>
      );
    case 'duplicate':
      return (
        <Notice tone="bad">An identical work is already claimed in this collection, so this one cannot be minted. It stays yours to keep.</Notice>
      );
    case 'sent':
      return (
        <>
          {transaction}
          <Progress percent={null} label="Minting" />
          <Notice role="status">
            {phase.slow
              ? 'Still not on the chain. If your wallet dropped or replaced the transaction, mint again below.'
              : 'Sent. Waiting for the chain to take it. You may leave this page.'}
          </Notice>
        </>
      );
    case 'failed':
      return (
        <>
          {transaction}
          <Notice tone="bad" role="alert">
            The chain turned the transaction down. Only the network fee was spent, and you can try again.
          </Notice>
        </>
      );
    case 'minted':
      return (
        <>
          <Badge tone="good">Minted</Badge>
          {transaction}
          <Notice tone="good" role="status">
            {phase.text}
          </Notice>
        </>
      );
  }
}
