import type { Metadata } from 'next';
import { Balance } from '@/components/credits/balance';
import { BuyColumn } from '@/components/credits/buy-column';
import { DepositList } from '@/components/credits/deposit-list';
import { OpenHolds } from '@/components/credits/open-holds';
import { SpendingStopped } from '@/components/credits/spending-stopped';
import { StatementSection } from '@/components/credits/statement-section';
import { SignedOut } from '@/components/shell/signed-out';
import { PageHeading } from '@/components/ui/page-heading';
import { RefreshWhile } from '@/components/works/refresh-while';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor, currentViewer } from '@/lib/auth/session';
import { getBalance } from '@/lib/credits/queries';
import { database } from '@/lib/db';
import { cardAvailability } from '@/lib/payments/card/availability';
import { listPurchases } from '@/lib/payments/card/queries';
import { listDeposits, tillAssets } from '@/lib/payments/queries';
import { listDebt } from '@/lib/statement/list-debt';
import { listLines } from '@/lib/statement/list-lines';
import { listOpenHoldLines } from '@/lib/statement/list-open-holds';
import { statementFilter } from '@/lib/statement/schema';
import { readBuyChoice } from './buy-choice';

export const metadata: Metadata = { title: 'Credits', robots: { index: false } };

const CONFIRMING_LOOK_MS = 3_000;

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
  const db = database();
  const filter = statementFilter.parse(search);
  const choice = readBuyChoice(search);
  const [balance, statement, holds, debt, deposits, assets, purchases] = await Promise.all([
    getBalance(db, actor),
    listLines(db, actor, filter),
    listOpenHoldLines(db, actor),
    listDebt(db, actor),
    listDeposits(db, actor),
    tillAssets(),
    listPurchases(db, actor),
  ]);
  const seen = deposits.filter((deposit) => deposit.state === 'seen');
  const onTheWay = deposits.filter((deposit) => deposit.state === 'seen' || deposit.state === 'refunding');
  // A payment that a reorg undid and brought back is told of once, as what it is now.
  const standing = new Set(deposits.filter(({ state }) => state === 'seen' || state === 'credited').map(({ txHash }) => txHash));
  const notCredited = deposits.filter(({ state, txHash }) => /^(unclaimed|refunded|reversed)$/.test(state) && !standing.has(txHash));
  // The newest of those on their way is followed beside the till.
  const followed = choice.way === 'wallet' ? seen[0] : undefined;
  return (
    <div className="frame">
      <RefreshWhile active={seen.length > 0} everyMs={CONFIRMING_LOOK_MS} />
      <PageHeading title="Credits">1 credit is US$0.01. A run holds its price, and takes it only when the picture is delivered.</PageHeading>
      <div className="grid items-start gap-12 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr] lg:gap-x-20">
        <div className="grid gap-10">
          <SpendingStopped balance={balance} debt={debt} />
          <Balance balance={balance} onTheWayMillicredits={seen.reduce((sum, deposit) => sum + BigInt(deposit.millicredits ?? 0), 0n)} />
          <OpenHolds holds={holds} />
          <DepositList title="Payments on their way" deposits={onTheWay.filter((deposit) => deposit !== followed)} />
          <DepositList title="Not credited" deposits={notCredited} />
        </div>
        <BuyColumn
          choice={choice}
          card={{ availability: cardAvailability(), purchases }}
          viewer={viewer}
          chain={chain}
          deposits={deposits}
          assets={assets}
        />
        <StatementSection page={statement} filter={filter} keep={choice.query} />
      </div>
    </div>
  );
}
