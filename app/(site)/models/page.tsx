import type { Metadata } from 'next';
import { ModelList } from '@/components/models/model-list';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { database } from '@/lib/db';
import { listModels } from '@/lib/models/queries';

export const metadata: Metadata = {
  title: 'Models',
  description: 'Private models you can make pictures with: what each one makes, and what a run costs.',
};
export const dynamic = 'force-dynamic';

export default async function ModelsPage() {
  const models = await listModels(database());
  return (
    <div className="frame">
      <PageHeading title="Models">
        Each is private: it runs at its maker’s, and nobody who uses it ever receives it. You pay for a run only when the picture is delivered.
      </PageHeading>
      {models.length === 0 ? (
        <EmptyState title="No model is open yet">Come back when a maker has published one.</EmptyState>
      ) : (
        <ModelList as="grid" models={models} heading="h2" large />
      )}
    </div>
  );
}
