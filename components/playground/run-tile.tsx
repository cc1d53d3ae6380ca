'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { cancelAction } from '@/lib/generations/actions';
import { hasFailed, isOpen } from '@/lib/generations/is-open';
import type { GenerationDto } from '@/lib/generations/schema';
import { credits, duration } from '../format';
import { Button, buttonStyle } from '../ui/button';
import { Img } from '../ui/img';
import { Progress } from '../ui/progress';
import { WorkText } from '../works/work-text';
import { stateWords } from './announce';

type RunTileProps = {
  run: GenerationDto;
  /** Width over height of what was asked for. */
  shape: number;
  /** Starts one more with the same settings; null where they are not known any more. */
  onRetry: (() => void) | null;
  onFailure(message: string): void;
};

/** One variation on the press: where it stands, and the picture or the text when it is there. */
export function RunTile({ run, shape, onRetry, onFailure }: RunTileProps) {
  const ended = hasFailed(run);
  return (
    <li className="grid content-start gap-2">
      <div className="plate-mark bg-sheet [--pm:6px]">
        <div className="relative grid place-items-center overflow-hidden bg-well" style={{ aspectRatio: shape }}>
          <Impression run={run} ended={ended} />
          {run.state === 'running' && (
            <Progress
              className="absolute inset-x-0 bottom-0"
              percent={run.progressPercent || null}
              label={`Progress of variation ${run.ordinal + 1}`}
            />
          )}
        </div>
      </div>
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 gap-y-1 text-xs text-ink-soft">
        <span className="truncate font-mono" title={`Seed ${run.seed}`}>
          {run.seed}
        </span>
        <Actions run={run} ended={ended} onRetry={onRetry} onFailure={onFailure} />
      </div>
    </li>
  );
}

function Impression({ run, ended }: { run: GenerationDto; ended: boolean }) {
  const name = `Variation ${run.ordinal + 1}, seed ${run.seed}`;
  if (run.text !== null) {
    return <WorkText text={run.text} label={name} scrolls className="pressed-in absolute inset-0 overflow-auto bg-sheet p-3 text-sm sm:p-4" />;
  }
  if (run.previewSrc) return <Img src={run.previewSrc} alt={name} className="pressed-in size-full object-contain" />;
  return <Waiting run={run} ended={ended} />;
}

function Waiting({ run, ended }: { run: GenerationDto; ended: boolean }) {
  if (ended) {
    return (
      <div className="grid gap-1 p-4 text-center text-sm">
        <p className={run.state === 'cancelled' ? 'text-ink-soft' : 'text-madder'}>
          {run.error?.message ?? `${stateWords(run)}. Your credits were released.`}
        </p>
      </div>
    );
  }
  return (
    <div className="grid gap-1 p-4 text-center">
      <p className="font-caption text-base text-ink-soft italic">{stateWords(run)}</p>
      <p className="font-mono text-2xs tabular-nums text-ink-faint">
        {run.state === 'running' && run.progressPercent > 0 && `${run.progressPercent} % · `}
        <Elapsed since={run.startedAt ?? run.createdAt} />
      </p>
    </div>
  );
}

/** Time since a moment, counted in the browser once it is there. */
function Elapsed({ since }: { since: string }) {
  const [elapsedMs, setElapsedMs] = useState<number | null>(null);
  useEffect(() => {
    const look = () => setElapsedMs(Math.max(0, Date.now() - Date.parse(since)));
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [since]);
  if (elapsedMs === null || elapsedMs < 1000) return null;
  return elapsedMs < 60_000 ? `${Math.floor(elapsedMs / 1000)} s` : duration(elapsedMs);
}

function Actions({ run, ended, onRetry, onFailure }: Omit<RunTileProps, 'shape'> & { ended: boolean }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const cancel = async () => {
    setAsking(true);
    const result = await cancelAction({ id: run.id }).catch(() => null);
    setAsking(false);
    if (!result?.data) onFailure(result?.serverError?.message ?? 'The server does not answer, so the run was not cancelled.');
  };
  if (run.sealed) {
    return (
      <Link href={`/works/${run.id}`} className={buttonStyle({ variant: 'outline', size: 'small' })}>
        Open the work
      </Link>
    );
  }
  if (ended) {
    const retry = onRetry ?? (() => router.push(`/models/${run.modelSlug}?from=${run.id}`));
    return (
      <Button variant="outline" size="small" onClick={retry}>
        {onRetry ? `Try again, ${credits(run.priceMillicredits)}` : 'Reuse settings'}
      </Button>
    );
  }
  if (!isOpen(run) || run.state === 'captured') return null;
  return (
    <Button variant="quiet" size="small" loading={asking || run.cancelRequested} onClick={cancel}>
      Cancel
    </Button>
  );
}
