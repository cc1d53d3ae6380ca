import type { Metadata } from 'next';
import { UnclaimedList } from '@/components/admin/unclaimed-list';
import { PageHeading } from '@/components/ui/page-heading';
import { Pager } from '@/components/works/pager';
import { RefreshWhile } from '@/components/works/refresh-while';
import { database } from '@/lib/db';
import { listUnclaimed } from '@/lib/payments/queries';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Deposits' };

const REFUND_LOOK_MS = 3_000;
const WORDS = { first: 'Back to the largest', more: 'Show more payments' };

export default async function DepositsPage({ searchParams }: PageProps<'/admin/deposits'>) {
  const actor = await operatorOnly();
  const cursor = [(await searchParams).cursor].flat()[0];
  const { deposits, nextCursor } = await listUnclaimed(database(), actor, { cursor });
  return (
    <>
      <RefreshWhile active={deposits.some(({ state }) => state === 'refunding')} everyMs={REFUND_LOOK_MS} />
      <PageHeading title="Deposits">Payments at the till that no rule gave to anybody. Each says what it waits for: its payer, or you.</PageHeading>
      <div className="pb-16 lg:max-w-3xl">
        {deposits.length === 0 ? <p className="text-ink-soft">None: every payment has its account.</p> : <UnclaimedList deposits={deposits} />}
        <Pager path="/admin/deposits" cursor={cursor} nextCursor={nextCursor} noun="payments" words={WORDS} />
      </div>
    </>
  );
}
