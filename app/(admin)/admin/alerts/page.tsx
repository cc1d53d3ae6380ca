import type { Metadata } from 'next';
import { AlertList } from '@/components/admin/alert-list';
import { PageHeading } from '@/components/ui/page-heading';
import { listAlerts } from '@/lib/alerts/queries';
import { database } from '@/lib/db';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Alerts' };

export default async function AlertsPage() {
  const actor = await operatorOnly();
  const alerts = await listAlerts(database(), actor);
  return (
    <>
      <PageHeading title="Alerts">What the house noticed and somebody should know.</PageHeading>
      <div className="pb-16 lg:max-w-3xl">
        {alerts.length === 0 ? <p className="text-ink-soft">Nothing so far.</p> : <AlertList alerts={alerts} />}
      </div>
    </>
  );
}
