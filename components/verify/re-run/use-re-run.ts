import { useCallback, useEffect, useRef, useState } from 'react';
import type { HouseModelId } from '@/lib/inference/house/parameters';
import type { Manifest } from '@/lib/protocol/manifest';
import type { PromptOpening } from '@/lib/protocol/prompt';
import { engineOf, manifestOf, planReRun } from '@/lib/provenance/re-run/plan-re-run';
import { startReRun } from '@/lib/provenance/re-run/start-re-run';
import { loadManifest } from './load-manifest';
import type { ReRunProps } from './re-run';

export type ReRunState =
  | { step: 'looking' }
  /** There is nothing to run: why. */
  | { step: 'impossible'; why: 'no_manifest' | 'unreachable' | 'other_manifest' | 'params' }
  | { step: 'impossible'; why: 'no_engine'; manifest: Manifest }
  | { step: 'closed'; wrong: boolean }
  | { step: 'running'; percent: number }
  | { step: 'stopped' }
  | { step: 'failed'; message: string }
  | { step: 'done'; same: boolean; content: string };

/** Looks whether a work can be made again here, asks for its prompt where that is closed, runs it, and compares. */
export function useReRun({ record, manifest: given, opening, onContent }: ReRunProps) {
  const [state, setState] = useState<ReRunState>({ step: 'looking' });
  const engine = useRef<HouseModelId | null>(null);
  const running = useRef<AbortController | null>(null);

  const run = useCallback(
    async (found: PromptOpening | null) => {
      if (!engine.current) return;
      if (!found) return setState({ step: 'closed', wrong: false });
      const plan = planReRun(record, engine.current, found);
      if ('refused' in plan) return setState(plan.refused === 'opening' ? { step: 'closed', wrong: true } : { step: 'impossible', why: 'params' });
      const controller = new AbortController();
      running.current = controller;
      setState({ step: 'running', percent: 0 });
      try {
        const onProgress = (done: number) => setState({ step: 'running', percent: Math.round(done * 100) });
        const content = await startReRun(plan.request, { signal: controller.signal, onProgress });
        setState({ step: 'done', same: content === plan.content, content });
        onContent?.(content);
      } catch (error) {
        setState(controller.signal.aborted ? { step: 'stopped' } : { step: 'failed', message: error instanceof Error ? error.message : 'unknown' });
      }
    },
    [record, onContent],
  );

  useEffect(() => {
    const left = new AbortController();
    const look = async () => {
      const text = given ?? (await loadManifest(record.receipt.version, left.signal));
      if (left.signal.aborted) return;
      if (text === null) return setState({ step: 'impossible', why: 'no_manifest' });
      const manifest = manifestOf(record, text);
      if (!manifest) return setState({ step: 'impossible', why: 'other_manifest' });
      engine.current = engineOf(manifest);
      if (!engine.current) return setState({ step: 'impossible', why: 'no_engine', manifest });
      await run(opening);
    };
    look().catch(() => left.signal.aborted || setState({ step: 'impossible', why: 'unreachable' }));
    return () => {
      left.abort();
      running.current?.abort();
    };
  }, [record, given, opening, run]);

  return { state, run, stop: () => running.current?.abort() };
}
