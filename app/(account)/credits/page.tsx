import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { Balance } from '@/components/credits/balance';
import { DepositList } from '@/components/credits/deposit-list';
import { Statement } from '@/components/credits/statement';
import { SignedOut } from '@/components/shell/signed-out';
import { PageHeading } from '@/components/ui/page-heading';
import { BuyCredits } from '@/components/wallet/buy-credits';
import { Pager } from '@/components/works/pager';
import { RefreshWhile } from '@/components/works/refresh-while';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor, currentViewer } from '@/lib/auth/session';
import { getBalance, listStatement } from '@/lib/credits/queries';
import { database } from '@/lib/db';
import { listDeposits, tillAssets } from '@/lib/payments/queries';
import { CREDIT_PACKS } from '@/lib/payments/schema';

export const metadata: Metadata = { title: 'Credits', robots: { index: false } };

const CONFIRMING_LOOK_MS = 3_000;
/** The way back to a model, where a purchase was asked for. Only our own model pages: nothing else is followed. */
const backPath = (value: unknown) => (typeof value === 'string' && /^\/models\/[a-z0-9-]+$/.test(value) ? (value as Route) : null);

export default async function CreditsPage({ searchParams }: PageProps<'/credits'>) {
  const [actor, viewer, chain, search] = await Promise.all([currentActor(), currentViewer(), chainConfig(), searchParams]);
  if (!actor) {
    return (
      <div className="frame">
        <SignedOut title="Your credits" chain={chain}>
          Sign in to buy credits and to see what each of them was spent on.
        </SignedOut>
      </div>
    );
  }
  const cursor = [search.cursor].flat()[0];
  const [balance, statement, deposits, assets] = await Promise.all([
    getBalance(database(), actor),
    listStatement(database(), actor, { cursor }),
    listDeposits(database(), actor),
    tillAssets(),
  ]);
  const open = deposits.filter((deposit) => deposit.state !== 'credited');
  // The newest of those on their way is followed beside the till.
  const followed = open.find((deposit) => deposit.state === 'seen');
  const back = backPath(search.back);
  return (
    <div className="frame">
      <RefreshWhile active={open.some((deposit) => deposit.state === 'seen')} everyMs={CONFIRMING_LOOK_MS} />
      <PageHeading title="Credits">1 credit is US$0.01. A run holds its price, and takes it only when the picture is delivered.</PageHeading>
      <div className="grid items-start gap-12 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr] lg:gap-x-20">
        <div className="grid gap-10">
          <Balance balance={balance} />
          <DepositList deposits={open.filter((deposit) => deposit !== followed)} />
        </div>
        <section aria-labelledby="buy-heading" className="grid gap-4 lg:sticky lg:top-24 lg:row-span-2">
          <h2 id="buy-heading" className="font-display text-xl">
            Buy credits
          </h2>
          <BuyCredits packs={CREDIT_PACKS} assets={assets} viewer={viewer} chain={chain} deposits={deposits} />
          <p className="text-xs text-ink-faint">Payment is from your wallet for now; paying by card is planned.</p>
          {back && (
            <p className="border-t border-rule pt-4 text-sm">
              <Link href={back} className="text-link">
                Back to the model
              </Link>
              <span className="text-ink-soft">, where your settings are kept.</span>
            </p>
          )}
        </section>
        <section aria-labelledby="statement-heading" className="grid gap-4">
          <h2 id="statement-heading" className="font-display text-xl">
            Statement
          </h2>
          {statement.entries.length === 0 ? (
            <p className="text-ink-soft">Nothing yet. What you buy and what each run takes will stand here, line by line.</p>
          ) : (
            <Statement entries={statement.entries} />
          )}
          <Pager path="/credits" cursor={cursor} nextCursor={statement.nextCursor} noun="lines" />
        </section>
      </div>
    </div>
  );
}
