'use client';
import { useEffect, useRef, useState } from 'react';
import type { GenerationDto } from '@/lib/generations/schema';
import { announcement } from './announce';
import { RunTile } from './run-tile';

type RunListProps = {
  runs: GenerationDto[];
  shapeOf(run: GenerationDto): number;
  retryOf(run: GenerationDto): (() => void) | null;
  onFailure(message: string): void;
};

/** The bed of the press: every run of this visit, newest first, and its changes read out. */
export function RunList({ runs, shapeOf, retryOf, onFailure }: RunListProps) {
  const before = useRef(runs);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const words = announcement(before.current, runs);
    before.current = runs;
    if (words) setSaid(words);
  }, [runs]);
  return (
    <>
      <p role="status" aria-live="polite" className="sr-only">
        {said}
      </p>
      <ul className="grid grid-cols-2 gap-x-3 gap-y-6 sm:gap-x-5 sm:gap-y-8" data-testid="runs">
        {runs.map((run) => (
          <RunTile key={run.id} run={run} shape={shapeOf(run)} onRetry={retryOf(run)} onFailure={onFailure} />
        ))}
      </ul>
    </>
  );
}
