'use client';
import { useSent } from './use-sent';

type Props = { subject: string; rpcPath: string /** 'Giving the pass'. */; doing: string; onDone?(): void };

/** Follows what was sent from a dialog while that is closed, in a line. Nothing while nothing is under way. */
export function SentWatch({ subject, rpcPath, doing, onDone }: Props) {
  const { phase } = useSent(subject, rpcPath, onDone);
  if (phase.kind === 'waiting') {
    return (
      <p role="status" className="self-center text-xs text-ink-soft">
        {doing}: waiting for the chain
      </p>
    );
  }
  if (phase.kind !== 'reverted') return null;
  return (
    <p role="alert" className="self-center text-xs text-madder">
      The chain turned it down.
    </p>
  );
}
