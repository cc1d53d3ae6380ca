import type { Metadata } from 'next';
import { DebtList } from '@/components/admin/corrections/debt-list';
import { PageHeading } from '@/components/ui/page-heading';
import { listDebts } from '@/lib/corrections/list-debts';
import { database } from '@/lib/db';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Debts' };

export default async function DebtsPage() {
  const actor = await operatorOnly();
  const debts = await listDebts(database(), actor);
  return (
    <>
      <PageHeading title="Debts">
        Credits that were spent and whose payment was taken back. Their next payment repays it; written off, the house bears it, and creators get what
        was kept aside.
      </PageHeading>
      <div className="pb-16 lg:max-w-3xl">
        {debts.length === 0 ? (
          <p className="text-ink-soft">
            Nobody owes anything. A debt is listed here from the moment a payment is taken back, and you can write it off.
          </p>
        ) : (
          <DebtList debts={debts} />
        )}
      </div>
    </>
  );
}
