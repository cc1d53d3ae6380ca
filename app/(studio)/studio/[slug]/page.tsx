import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { ChangeWords } from '@/components/studio/model/change-words';
import { CollectionExport } from '@/components/studio/model/collection-export';
import { MintProceeds } from '@/components/studio/model/mint-proceeds';
import { StatusControls } from '@/components/studio/model/status-controls';
import { VersionSection } from '@/components/studio/model/version-section';
import { buttonStyle } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/page-heading';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor, currentViewer } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { getMintProceeds } from '@/lib/mint/proceeds';
import { ownModel } from '../../own-model';

export const metadata: Metadata = { title: 'A model of yours', robots: { index: false } };

export default async function StudioModelPage({ params }: PageProps<'/studio/[slug]'>) {
  const model = await ownModel((await params).slug);
  const [actor, viewer, chain] = await Promise.all([currentActor(), currentViewer(), chainConfig()]);
  const mints = actor ? await getMintProceeds(database(), actor, model.slug) : [];
  const newestPublished = model.versions.find(({ publishedAt }) => publishedAt !== null);
  return (
    <>
      <PageHeading title={model.name}>{model.tagline}</PageHeading>
      <div className="grid gap-12 pb-20">
        <div className="flex flex-wrap items-start justify-between gap-6">
          <StatusControls model={model} />
          <div className="flex flex-wrap gap-2">
            {newestPublished && (
              <Link href={`/studio/${model.slug}/copies` as Route} className={buttonStyle({ variant: 'outline', size: 'small' })}>
                Likely copies
              </Link>
            )}
            <Link href={`/studio/${model.slug}/protection` as Route} className={buttonStyle({ variant: 'outline', size: 'small' })}>
              Protection
            </Link>
            {newestPublished && (
              <Link href={`/studio/${model.slug}/usage` as Route} className={buttonStyle({ variant: 'outline', size: 'small' })}>
                Usage
              </Link>
            )}
            {model.status !== 'retired' && (
              <>
                <Link href={`/studio/${model.slug}/access` as Route} className={buttonStyle({ variant: 'outline', size: 'small' })}>
                  Who may run it
                </Link>
                <ChangeWords model={model} />
                <Link href={`/studio/${model.slug}/new-version` as Route} className={buttonStyle({ variant: 'outline', size: 'small' })}>
                  A new version
                </Link>
              </>
            )}
          </div>
        </div>
        {model.versions.map((version) => (
          <VersionSection key={version.digest} model={model} version={version} isNewest={version === newestPublished} />
        ))}
        {mints.length > 0 && <MintProceeds proceeds={mints} viewer={viewer} chain={chain} />}
        {newestPublished && <CollectionExport slug={model.slug} />}
      </div>
    </>
  );
}
