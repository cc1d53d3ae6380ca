'use client';
import { useState } from 'react';
import { confirmPublishedAction } from '@/lib/studio/actions';
import { Button } from '../../ui/button';
import { Digest } from '../../ui/digest';
import { Notice } from '../../ui/notice';
import { Progress } from '../../ui/progress';
import { transactionOutcome } from '../../wallet/rpc';
import { usePoll } from '../../wallet/use-poll';

type Props = { version: string; hash: `0x${string}` | null; rpcPath: string; onPublished(): void; onStartOver(): void };

const LOOK_MS = 1_500;
const SLOW_AFTER_LOOKS = 80;

/** Waits until the server has found the version on the chain. `hash` is null where nothing had to be sent. */
export function PublishProgress({ version, hash, rpcPath, onPublished, onStartOver }: Props) {
  const [reverted, setReverted] = useState(false);
  const [looks, setLooks] = useState(0);
  const look = async () => {
    const answer = await confirmPublishedAction({ version });
    if (answer?.data?.published) return onPublished();
    if (hash) setReverted((await transactionOutcome(rpcPath, hash)) === 'reverted');
    setLooks((now) => now + 1);
  };
  usePoll(look, { active: !reverted, everyMs: LOOK_MS });
  const isSlow = looks >= SLOW_AFTER_LOOKS;
  return (
    <div className="grid gap-4">
      {hash && (
        <div className="flex items-center justify-between gap-4 text-sm">
          <span className="text-ink-soft">Transaction</span>
          <Digest value={hash} label="transaction hash" />
        </div>
      )}
      {reverted ? (
        <Notice tone="bad" role="alert">
          The chain turned the transaction down. Only the network fee was spent, and you can try again.
        </Notice>
      ) : (
        <>
          <Progress percent={null} label="Publishing" />
          <Notice role="status">
            {isSlow
              ? 'Still not on the chain. If your wallet dropped or replaced the transaction, start over; if it does arrive, the model opens all the same.'
              : hash
                ? 'Sent. Waiting for the chain to take it. You may leave this page and come back.'
                : 'It is on the chain already. Reading it.'}
          </Notice>
        </>
      )}
      {(reverted || isSlow) && (
        <Button variant="outline" onClick={onStartOver}>
          Start over
        </Button>
      )}
    </div>
  );
}
