import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { lazy, Suspense } from 'react';
import { AccountButton } from '@/components/wallet/account-button';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { QuoteDto } from '@/lib/generations/schema';
import type { ModelDto } from '@/lib/models/schema';
import { Button, buttonStyle } from '../ui/button';
import { Notice } from '../ui/notice';
import { PriceLine } from './price-line';
import type { Settings } from './settings';
import type { Problem } from './use-quote';

// Few are refused for want of a pass.
const PassProblem = lazy(() => import('./pass-problem').then((module) => ({ default: module.PassProblem })));

type GenerateBarProps = {
  version: ModelDto['version'];
  settings: Settings;
  quote: QuoteDto | null;
  problem: Problem | null;
  /** A pass is chosen to make runs with. */
  hasPass: boolean;
  starting: boolean;
  ready: boolean;
  viewer: ViewerDto;
  chain: ChainConfigDto;
  onGenerate(): void;
};

/** The price and the one button that spends it, with what stands in its way. */
export function GenerateBar({ version, settings, quote, problem, hasPass, starting, ready, viewer, chain, onGenerate }: GenerateBarProps) {
  return (
    <div className="sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-10 -mx-4 grid gap-3 border-y border-rule bg-paper px-4 py-3 md:bottom-0 lg:top-16 lg:bottom-auto lg:mx-0 lg:-mt-4 lg:border-t-0 lg:px-0 lg:py-4">
      <div className="flex items-start justify-between gap-4">
        <PriceLine version={version} params={settings.params} count={settings.count} quote={quote} />
        {viewer ? (
          <Button size="large" loading={starting} disabled={!ready} onClick={onGenerate} className="max-sm:px-5">
            {starting ? 'Starting' : settings.count === 1 ? 'Generate' : `Generate ${settings.count}`}
          </Button>
        ) : (
          <div className="grid justify-items-end gap-1">
            <AccountButton viewer={viewer} chain={chain} />
            <p className="text-right text-xs text-ink-faint">Sign in to generate. Settings are kept.</p>
          </div>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} hasPass={hasPass} />}
    </div>
  );
}

function ProblemNotice({ problem, hasPass }: { problem: Problem; hasPass: boolean }) {
  const pathname = usePathname();
  return (
    <Notice tone="bad" role="alert">
      <p>{problem.message}</p>
      <Suspense fallback={null}>
        <PassProblem problem={problem} hasAnother={hasPass} />
      </Suspense>
      {problem.code === 'insufficient_credits' && (
        <Link
          href={`/credits?back=${encodeURIComponent(pathname)}` as Route}
          className={`${buttonStyle({ variant: 'outline', size: 'small' })} mt-3`}
        >
          Buy credits
        </Link>
      )}
    </Notice>
  );
}
