import type { Metadata } from 'next';
import { UnclaimedList } from '@/components/admin/unclaimed-list';
import { PageHeading } from '@/components/ui/page-heading';
import { RefreshWhile } from '@/components/works/refresh-while';
import { database } from '@/lib/db';
import { listUnclaimed } from '@/lib/payments/queries';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Deposits' };

const REFUND_LOOK_MS = 3_000;

export default async function DepositsPage() {
  const actor = await operatorOnly();
  const deposits = await listUnclaimed(database(), actor);
  return (
    <>
      <RefreshWhile active={deposits.some(({ state }) => state === 'refunding')} everyMs={REFUND_LOOK_MS} />
      <PageHeading title="Deposits">Payments at the till that no rule gave to anybody. Each says what it waits for: its payer, or you.</PageHeading>
      <div className="pb-16 lg:max-w-3xl">
        {deposits.length === 0 ? <p className="text-ink-soft">None: every payment has its account.</p> : <UnclaimedList deposits={deposits} />}
      </div>
    </>
  );
}
