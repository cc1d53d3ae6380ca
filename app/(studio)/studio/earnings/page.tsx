import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { MintProceeds, PassProceeds } from '@/components/earnings/on-chain-proceeds';
import { PayoutList } from '@/components/earnings/payout-list';
import { PayoutSetup } from '@/components/earnings/payout-setup';
import { RequestPayout } from '@/components/earnings/request-payout';
import { EarningsSources } from '@/components/earnings/sources';
import { EarningsTotals } from '@/components/earnings/totals';
import { SignedOut } from '@/components/shell/signed-out';
import { PageHeading } from '@/components/ui/page-heading';
import { RefreshWhile } from '@/components/works/refresh-while';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { getMintProceeds } from '@/lib/mint/proceeds';
import { MILLICREDITS_PER_CREDIT } from '@/lib/money';
import { getProceeds } from '@/lib/passes/proceeds';
import { readSpan, SPANS } from '@/lib/payouts/earnings-span';
import { getEarnings } from '@/lib/payouts/get-earnings';
import { listRails } from '@/lib/payouts/list-rails';
import { listSources } from '@/lib/payouts/list-sources';
import { listPayouts } from '@/lib/payouts/queries';

export const metadata: Metadata = { title: 'Earnings', robots: { index: false } };

/** How often the page looks again: while a payout is being sent, and while it waits for somebody. */
const LOOK_MS = { sending: 5_000, waiting: 30_000 };

export default async function EarningsPage({ searchParams }: PageProps<'/studio/earnings'>) {
  const [actor, chain, search] = await Promise.all([currentActor(), chainConfig(), searchParams]);
  if (!actor) {
    return (
      <SignedOut title="Your earnings" chain={chain}>
        Sign in to see what your models earned, by source, and to have it paid out.
      </SignedOut>
    );
  }
  const span = readSpan([search.days].flat()[0]);
  const db = database();
  const [earnings, sources, payouts, rails, proceeds, mints] = await Promise.all([
    getEarnings(db, actor),
    listSources(db, actor, span),
    listPayouts(db, actor),
    listRails(db, actor),
    getProceeds(db, actor),
    getMintProceeds(db, actor),
  ]);
  const sending = payouts.some(({ state }) => state === 'approved' || state === 'sending');
  const available = BigInt(earnings.availableMillicredits) / MILLICREDITS_PER_CREDIT;
  return (
    <>
      <RefreshWhile active={sending || payouts.some(({ state }) => state === 'requested')} everyMs={sending ? LOOK_MS.sending : LOOK_MS.waiting} />
      <PageHeading title="Earnings">What your models earned, where it came from, and where it is. 1 credit is US$0.01.</PageHeading>
      <div className="grid items-start gap-12 pb-16 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-x-20">
        <div className="grid gap-12">
          <EarningsTotals earnings={earnings} pendingDays={env.EARNINGS_PENDING_DAYS} />
          <section aria-labelledby="sources-heading" className="grid gap-5">
            <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
              <h2 id="sources-heading" className="font-display text-xl">
                By source
              </h2>
              <nav aria-label="Span of days" className="flex items-baseline gap-4 text-sm">
                {SPANS.map((days) => (
                  <Link
                    key={days}
                    href={`/studio/earnings?days=${days}` as Route}
                    aria-current={days === span.days ? 'true' : undefined}
                    className="text-ink-soft hover:text-ink aria-[current=true]:text-ink aria-[current=true]:underline"
                  >
                    {days} days
                  </Link>
                ))}
                <a href={`/studio/earnings/export?days=${span.days}`} className="text-link">
                  CSV
                </a>
              </nav>
            </div>
            {sources.length === 0 ? (
              <p className="text-ink-soft">Nothing in these days. Each paid run of your models will stand here.</p>
            ) : (
              <EarningsSources sources={sources} span={span} />
            )}
          </section>
          {mints.length > 0 && <MintProceeds proceeds={mints} />}
          {proceeds && <PassProceeds proceeds={proceeds} />}
        </div>
        <div className="grid gap-12 lg:sticky lg:top-24">
          <section aria-labelledby="payout-heading" className="grid gap-4">
            <h2 id="payout-heading" className="font-display text-xl">
              Get paid
            </h2>
            <RequestPayout availableCredits={Number(available)} rails={rails} />
            <PayoutSetup rail={rails.find(({ rail }) => rail === 'connect')} />
          </section>
          <section aria-labelledby="payouts-heading" className="grid gap-4">
            <h2 id="payouts-heading" className="font-display text-xl">
              Payouts
            </h2>
            {payouts.length === 0 ? (
              <p className="text-sm text-ink-soft">None yet.</p>
            ) : (
              <PayoutList payouts={payouts} explorerUrl={chain.explorerUrl} />
            )}
          </section>
        </div>
      </div>
    </>
  );
}
