import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { AccountButton } from '@/components/wallet/lazy';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { QuoteDto } from '@/lib/generations/schema';
import type { ModelDto } from '@/lib/models/schema';
import { Button, buttonStyle } from '../ui/button';
import { Notice } from '../ui/notice';
import { PriceLine } from './price-line';
import type { Settings } from './settings';
import type { Problem } from './use-press';

type GenerateBarProps = {
  version: ModelDto['version'];
  settings: Settings;
  quote: QuoteDto | null;
  problem: Problem | null;
  starting: boolean;
  ready: boolean;
  viewer: ViewerDto;
  chain: ChainConfigDto;
  onGenerate(): void;
};

/** The price and the one button that spends it, with what stands in its way. */
export function GenerateBar({ version, settings, quote, problem, starting, ready, viewer, chain, onGenerate }: GenerateBarProps) {
  return (
    <div className="grid gap-4 border-t border-rule pt-6">
      <PriceLine version={version} params={settings.params} count={settings.count} quote={quote} />
      {problem && <ProblemNotice problem={problem} />}
      {viewer ? (
        <Button size="large" loading={starting} disabled={!ready} onClick={onGenerate}>
          {starting ? 'Starting' : settings.count === 1 ? 'Generate' : `Generate ${settings.count}`}
        </Button>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-4 border border-rule bg-sheet p-4">
          <p className="text-sm text-ink-soft">Sign in to generate. Your settings stay as they are.</p>
          <AccountButton viewer={viewer} chain={chain} />
        </div>
      )}
    </div>
  );
}

function ProblemNotice({ problem }: { problem: Problem }) {
  const pathname = usePathname();
  return (
    <Notice tone="bad" role="alert">
      <p>{problem.message}</p>
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
