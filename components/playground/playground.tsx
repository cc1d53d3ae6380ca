'use client';
import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { isOpen } from '@/lib/generations/is-open';
import { seedProblem } from '@/lib/generations/limits';
import type { GenerationDto, ReusableSettingsDto } from '@/lib/generations/schema';
import type { ModelDto } from '@/lib/models/schema';
import type { ModelPassesDto } from '@/lib/passes/page-schema';
import { EmptyBed } from './empty-bed';
import { GenerateBar } from './generate-bar';
import { fetchKeptRuns, keepQuote } from './kept-runs';
import type { Pictures } from './picture-field';
import { lacksPicture, type Settings } from './settings';
import { SettingsForm } from './settings-form';
import { type StartDto, StartsFrom } from './starts-from';
import { usePass, useRefreshWhenMoved, useRenewWithRuns } from './use-pass';
import { usePress } from './use-press';
import { useQuote } from './use-quote';
import { useRuns } from './use-runs';
import { useSettings } from './use-settings';

// Few who come hold a pass.
const PassChoice = lazy(() => import('./pass-choice').then((module) => ({ default: module.PassChoice })));

// Nobody who is not signed in starts a run.
const loadRuns = () => import('./run-list');
const RunList = lazy(() => loadRuns().then((module) => ({ default: module.RunList })));

export type PlaygroundProps = {
  model: ModelDto;
  viewer: ViewerDto;
  chain: ChainConfigDto;
  /** The viewer's runs of this model that had not ended when the page was made. */
  openRuns: GenerationDto[];
  reused: ReusableSettingsDto | null;
  /** The work to start from. */
  start?: StartDto | null;
  /** Left out for a draft, which is its creator's alone. */
  passes?: ModelPassesDto;
};

/** As the card of a text is. */
const SHAPE_OF_TEXTS = 4 / 5;

/** Where a collector sets the plate and pulls impressions. */
export function Playground({ model, viewer, chain, openRuns, reused, start = null, passes }: PlaygroundProps) {
  const { version } = model;
  const [own, change] = useSettings(model.slug, version.parameterSchema, reused);
  const [from, setFrom] = useState(start);
  const [sending, setSending] = useState(false);
  const pass = usePass(passes);
  const settings: Settings = { ...own, parentWorkId: from?.id ?? null, passId: pass.chosen };
  // A draft is there for its creator alone, whatever its model's state.
  const takesRuns = model.status === 'published' || (version.publishedAt === null && model.status !== 'retired');
  // Without the picture that it needs, or before it is there, a run has no price.
  const settled = !sending && !lacksPicture(version.parameterSchema, settings);
  const quote = useQuote(version.digest, settings, viewer !== null && takesRuns && settled);
  const { runs, merge } = useRuns(openRuns);
  const bed = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Asked again when somebody signs in: then there may be something to show.
    if (!viewer) return;
    void loadRuns().catch(() => undefined);
    void fetchKeptRuns(model.slug).then((kept) => kept.length > 0 && merge(kept));
  }, [viewer, model.slug, merge]);
  const { press, starting, problem, setProblem, settingsOf } = usePress(version.digest, (started) => {
    merge(started);
    if (started[0]) keepQuote(model.slug, started[0].quoteId);
    quote.renew();
    bed.current?.scrollIntoView({ block: 'start' });
  });
  useRefreshWhenDone(runs);
  useRenewWithRuns(pass, quote.renew);
  useRefreshWhenMoved((problem ?? quote.problem)?.code);

  const pictures: Pictures = viewer ? { mode: 'live', onBusy: setSending } : { mode: 'signed-out' };
  const ready = settings.seed === null || seedProblem(settings.seed) === null;
  const shapeOf = (run: GenerationDto) => (version.kind === 'text' ? SHAPE_OF_TEXTS : shapeOfSettings(settingsOf(run) ?? settings));
  const retryOf = (run: GenerationDto) => {
    const used = settingsOf(run);
    return used && (() => void press({ ...used, seed: run.seed, count: 1 }, null));
  };
  const empty = <EmptyBed shape={version.kind === 'text' ? SHAPE_OF_TEXTS : shapeOfSettings(settings)} medianRunMs={model.medianRunMs} />;
  return (
    <div className="flex flex-col gap-8 lg:grid lg:grid-cols-[minmax(0,25rem)_minmax(0,1fr)] lg:items-start lg:gap-16">
      <div className="grid gap-6">
        {from && <StartsFrom start={from} onRemove={() => setFrom(null)} />}
        {pass.passes.length > 0 && (
          <Suspense>
            <PassChoice {...pass} />
          </Suspense>
        )}
        <SettingsForm kind={version.kind} schema={version.parameterSchema} settings={settings} onChange={change} pictures={from ? null : pictures} />
      </div>
      <div className="contents lg:grid lg:gap-6">
        <GenerateBar
          version={version}
          settings={settings}
          quote={quote.current}
          problem={problem ?? (quote.asking ? null : quote.problem)}
          hasPass={pass.chosen !== null}
          starting={starting}
          ready={ready && takesRuns && settled}
          viewer={viewer}
          chain={chain}
          onGenerate={() => void press(settings, quote.current)}
        />
        <div ref={bed} className="scroll-mt-40">
          {runs.length > 0 ? (
            <Suspense fallback={empty}>
              <RunList runs={runs} shapeOf={shapeOf} retryOf={retryOf} onFailure={(message) => setProblem({ code: 'cancel', message })} />
            </Suspense>
          ) : (
            empty
          )}
        </div>
      </div>
    </div>
  );
}

/** What the page shows of balance and works is read again when the last open run has ended. */
function useRefreshWhenDone(runs: GenerationDto[]) {
  const router = useRouter();
  const busy = runs.some(isOpen);
  const wasBusy = useRef(busy);
  useEffect(() => {
    if (wasBusy.current && !busy) router.refresh();
    wasBusy.current = busy;
  }, [busy, router]);
}

function shapeOfSettings({ params: { width, height } }: Settings): number {
  return typeof width === 'number' && typeof height === 'number' ? width / height : 1;
}
