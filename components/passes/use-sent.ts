'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { SentDto } from '@/lib/passes/page-schema';
import { keepPending, onPending, type Pending, readPending } from '../wallet/pending';
import { transactionOutcome } from '../wallet/rpc';
import { usePoll } from '../wallet/use-poll';

export type SentPhase =
  | { kind: 'idle' }
  | { kind: 'waiting'; hash: `0x${string}`; isSlow: boolean }
  | { kind: 'reverted'; hash: `0x${string}` }
  /** `path`: the page of the pass it was about. */
  | { kind: 'done'; path: string | null };

const LOOK_MS = 1_500;
/** After this a person may send it again: the wallet may have dropped or replaced the transaction. */
const SLOW_AFTER_MS = 60_000;

/** A transaction about passes, or about what a collection earned, under way: it survives a reload, and is over when the server's index has it. `subject` says what it is about. */
export function useSent(subject: string, rpcPath: string, onDone?: () => void) {
  const router = useRouter();
  const [sent, setSent] = useState<Pending | null>(null);
  const [phase, setPhase] = useState<SentPhase>({ kind: 'idle' });
  useEffect(() => {
    const read = () => {
      const kept = readPending('pass', subject);
      setSent(kept);
      setPhase(kept ? { kind: 'waiting', hash: kept.hash, isSlow: false } : { kind: 'idle' });
    };
    read();
    return onPending('pass', subject, read);
  }, [subject]);

  const settle = (next: SentPhase) => {
    keepPending('pass', subject, null);
    setSent(null);
    setPhase(next);
  };
  const look = async () => {
    if (!sent) return;
    const response = await fetch(`/api/passes/sent/${sent.hash}`);
    if (!response.ok) return;
    const { seen, path } = (await response.json()) as SentDto;
    if (seen) {
      settle({ kind: 'done', path });
      onDone?.();
      // Supply, holder and runs on the page have changed.
      return router.refresh();
    }
    if ((await transactionOutcome(rpcPath, sent.hash)) === 'reverted') return settle({ kind: 'reverted', hash: sent.hash });
    setPhase({ kind: 'waiting', hash: sent.hash, isSlow: Date.now() - sent.sentAtMs > SLOW_AFTER_MS });
  };
  usePoll(look, { active: phase.kind === 'waiting', everyMs: LOOK_MS });

  const onSent = (hash: `0x${string}`) => {
    const pending: Pending = { hash, subject, sentAtMs: Date.now() };
    keepPending('pass', subject, pending);
    setSent(pending);
    setPhase({ kind: 'waiting', hash, isSlow: false });
  };
  return { phase, onSent };
}
