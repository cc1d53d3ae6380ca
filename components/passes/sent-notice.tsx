import type { Route } from 'next';
import Link from 'next/link';
import { Digest } from '../ui/digest';
import { Notice } from '../ui/notice';
import { Progress } from '../ui/progress';
import type { SentPhase } from './use-sent';

type Props = { phase: SentPhase /** What is under way: 'Buying the pass'. */; doing: string /** Said when it is done. */; done: string };

/** Where a transaction about passes stands. Nothing before one was sent. */
export function SentNotice({ phase, doing, done }: Props) {
  if (phase.kind === 'idle') return null;
  if (phase.kind === 'done') {
    return (
      <Notice tone="good" role="status">
        {done}{' '}
        {phase.path && (
          <Link href={phase.path as Route} className="text-link">
            Its page
          </Link>
        )}
      </Notice>
    );
  }
  return (
    <div className="grid gap-3">
      <div className="flex items-center justify-between gap-4 text-sm">
        <span className="text-ink-soft">Transaction</span>
        <Digest value={phase.hash} label="transaction hash" />
      </div>
      {phase.kind === 'reverted' ? (
        <Notice tone="bad" role="alert">
          The chain turned the transaction down. Only the network fee was spent, and you can try again.
        </Notice>
      ) : (
        <>
          <Progress percent={null} label={doing} />
          <Notice role="status">
            {phase.isSlow
              ? 'Still not on the chain. If your wallet dropped or replaced the transaction, do it again.'
              : 'Sent. Waiting for the chain to take it. You may leave this page.'}
          </Notice>
        </>
      )}
    </div>
  );
}
