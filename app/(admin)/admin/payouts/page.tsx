import type { Metadata } from 'next';
import { EndedPayouts, PayoutQueue } from '@/components/admin/payout-queue';
import { PageHeading } from '@/components/ui/page-heading';
import { publicClient } from '@/lib/chain/client';
import { database } from '@/lib/db';
import { findContracts } from '@/lib/payouts/find-contracts';
import { listEndedPayouts, listOpenPayouts } from '@/lib/payouts/queries';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Payouts' };

export default async function PayoutsPage() {
  const actor = await operatorOnly();
  const [open, ended] = await Promise.all([listOpenPayouts(database(), actor), listEndedPayouts(database(), actor)]);
  const contracts = await findContracts(publicClient(), open);
  return (
    <>
      <PageHeading title="Payouts">What creators asked for. Large ones need two operators; nobody decides on their own.</PageHeading>
      <div className="grid gap-16 pb-16 lg:max-w-3xl">
        <section aria-labelledby="open-heading" className="grid gap-6">
          <h2 id="open-heading" className="font-display text-xl">
            Open
          </h2>
          {open.length === 0 ? <p className="text-ink-soft">Nothing waits.</p> : <PayoutQueue payouts={open} contracts={contracts} />}
        </section>
        <section aria-labelledby="ended-heading" className="grid gap-4">
          <h2 id="ended-heading" className="font-display text-xl">
            Ended
          </h2>
          {ended.length === 0 ? <p className="text-ink-soft">None yet.</p> : <EndedPayouts payouts={ended} />}
        </section>
      </div>
    </>
  );
}
