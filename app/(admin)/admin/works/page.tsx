import type { Metadata } from 'next';
import { TakeDownForm, TakedownList } from '@/components/admin/takedowns';
import { PageHeading } from '@/components/ui/page-heading';
import { database } from '@/lib/db';
import { listTakedowns } from '@/lib/works/takedowns/list-takedowns';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Works taken down' };

export default async function TakedownsPage() {
  const actor = await operatorOnly();
  const takedowns = await listTakedowns(database(), actor);
  return (
    <>
      <PageHeading title="Works taken down">
        Hides a work’s file, previews, text and prompt on our servers. Its receipt and token stay, and works made from it say so.
      </PageHeading>
      <div className="pb-16 lg:max-w-3xl">
        <TakeDownForm />
        {takedowns.length === 0 ? <p className="text-ink-soft">None so far.</p> : <TakedownList takedowns={takedowns} />}
      </div>
    </>
  );
}
