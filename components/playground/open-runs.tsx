'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { isOpen } from '@/lib/generations/is-open';
import type { GenerationDto } from '@/lib/generations/schema';
import { Notice } from '../ui/notice';
import { RunList } from './run-list';
import { useRuns } from './use-runs';

/** Runs of any model that are still under way. The page is read again when the last has ended, so that its work moves to the wall. */
export function OpenRuns({ initial }: { initial: GenerationDto[] }) {
  const router = useRouter();
  const { runs } = useRuns(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const busy = runs.some(isOpen);
  const wasBusy = useRef(busy);
  useEffect(() => {
    if (wasBusy.current && !busy) router.refresh();
    wasBusy.current = busy;
  }, [busy, router]);
  return (
    <section aria-labelledby="open-heading" className="mb-14 grid gap-4 border-b border-rule pb-12">
      <h2 id="open-heading" className="font-display text-xl">
        On the press
      </h2>
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <RunList runs={runs} shapeOf={() => 1} retryOf={() => null} onFailure={setProblem} />
    </section>
  );
}
