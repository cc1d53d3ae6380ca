import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PublishFlow } from '@/components/studio/publish/publish-flow';
import { PageHeading } from '@/components/ui/page-heading';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentViewer } from '@/lib/auth/session';
import { ownModel } from '../../../own-model';

export const metadata: Metadata = { title: 'Publish', robots: { index: false } };

export default async function PublishPage({ params, searchParams }: PageProps<'/studio/[slug]/publish'>) {
  const [{ slug }, search] = await Promise.all([params, searchParams]);
  const [model, viewer, chain] = await Promise.all([ownModel(slug), currentViewer(), chainConfig()]);
  const version = model.versions.find(({ digest }) => digest === [search.version].flat()[0]);
  if (!version || model.status === 'retired') notFound();
  return (
    <>
      <PageHeading title={`Publish ${model.name}`}>
        Version {version.number} goes into your own collection on {chain.chainName}, from your wallet. Then everybody can run it.
      </PageHeading>
      <div className="max-w-[38rem] pb-20">
        <PublishFlow
          slug={slug}
          name={model.name}
          version={version.digest}
          isPublished={version.publishedAt !== null}
          viewer={viewer}
          chain={chain}
        />
      </div>
    </>
  );
}
