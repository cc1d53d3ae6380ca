import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PageHeading } from '@/components/ui/page-heading';
import { UsageReport } from '@/components/usage/usage-report';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { getModelUsage } from '@/lib/gateway/usage/get-usage';
import { nullWhereTooMuch } from '@/lib/gateway/usage/query-soon';
import { readUsageSpan } from '@/lib/gateway/usage/usage-span';
import { ownModel } from '../../../own-model';

export const metadata: Metadata = { title: 'Usage of a model', robots: { index: false } };

export default async function ModelUsagePage({ params, searchParams }: PageProps<'/studio/[slug]/usage'>) {
  const [model, actor, search] = await Promise.all([params.then(({ slug }) => ownModel(slug)), currentActor(), searchParams]);
  if (!actor) notFound();
  const span = readUsageSpan([search.days].flat()[0]);
  const usage = await getModelUsage(database(), actor, model.slug, span).catch(nullWhereTooMuch);
  return (
    <>
      <PageHeading title={`Usage of ${model.name}`}>
        Calls that named this model, and runs of it that ended, those started on the pages too. Who called is not shown.
      </PageHeading>
      <div className="pb-20">
        <UsageReport usage={usage} span={span} here={`/studio/${model.slug}/usage`} />
      </div>
    </>
  );
}
