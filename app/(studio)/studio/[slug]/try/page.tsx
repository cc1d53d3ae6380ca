import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Playground } from '@/components/playground/playground';
import { PageHeading } from '@/components/ui/page-heading';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor, currentViewer } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { getDraft } from '@/lib/models/get-draft';

export const metadata: Metadata = { title: 'Try a draft', robots: { index: false } };

/** The playground of a draft, for its creator alone. */
export default async function TryPage({ params, searchParams }: PageProps<'/studio/[slug]/try'>) {
  const [{ slug }, search, actor, viewer, chain] = await Promise.all([params, searchParams, currentActor(), currentViewer(), chainConfig()]);
  const digest = [search.version].flat()[0];
  const model = actor && digest ? await getDraft(database(), actor, slug, digest) : null;
  if (!actor || !model) notFound();
  const openRuns = await listGenerations(database(), actor, { open: true, modelSlug: slug });
  return (
    <>
      <PageHeading title={`Try ${model.name}`}>
        Version {model.versionNumber}, a draft. Runs of it are free, only you see them, and they can never be minted.{' '}
        <Link href={`/studio/${slug}` as Route} className="text-link">
          Back to the model
        </Link>
      </PageHeading>
      <div className="border-t border-rule pt-8 pb-20">
        <Playground model={model} viewer={viewer} chain={chain} openRuns={openRuns} reused={null} />
      </div>
    </>
  );
}
