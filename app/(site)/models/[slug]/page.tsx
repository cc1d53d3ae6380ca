import type { Metadata, Route } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { ModelHeader } from '@/components/models/model-header';
import { ModelPaused } from '@/components/models/model-paused';
import { ModelRecord } from '@/components/models/model-record';
import { VersionHistory } from '@/components/models/version-history';
import { ModelPasses } from '@/components/passes/model-passes';
import { isSettling } from '@/components/passes/pass-words';
import { Playground } from '@/components/playground/playground';
import { Pager } from '@/components/works/pager';
import { RefreshWhile } from '@/components/works/refresh-while';
import { WorkWall } from '@/components/works/work-wall';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor, currentViewer } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { getReusableSettings, listGenerations } from '@/lib/generations/queries';
import { generationIdInput } from '@/lib/generations/schema';
import { getModel, listVersions } from '@/lib/models/queries';
import { getModelPasses } from '@/lib/passes/model-passes';
import { getOwnModel } from '@/lib/studio/queries';
import { uuidInput } from '@/lib/uuid-input';
import { getWork } from '@/lib/works/get-work';
import { listGallery } from '@/lib/works/queries';

const SETTLING_LOOK_MS = 4_000;

const loadModel = cache((slug: string) => getModel(database(), slug));

export async function generateMetadata({ params }: PageProps<'/models/[slug]'>): Promise<Metadata> {
  const model = await loadModel((await params).slug);
  if (!model) return { title: 'Nothing here' };
  return { title: model.name, description: model.tagline, openGraph: { title: `${model.name} on Intaglio`, description: model.tagline } };
}

export default async function ModelPage({ params, searchParams }: PageProps<'/models/[slug]'>) {
  const [{ slug }, search] = await Promise.all([params, searchParams]);
  const model = await loadModel(slug);
  if (!model) return toStudioOrNowhere(slug);
  const cursor = [search.cursor].flat()[0];
  const [actor, viewer, chain, gallery, versions] = await Promise.all([
    currentActor(),
    currentViewer(),
    chainConfig(),
    listGallery(database(), { modelSlug: slug, cursor }),
    listVersions(database(), slug),
  ]);
  const from = generationIdInput.safeParse({ id: [search.from].flat()[0] });
  const remixed = uuidInput.safeParse([search.remix].flat()[0]).data;
  const [openRuns, reused, parent, passes] = await Promise.all([
    actor ? listGenerations(database(), actor, { open: true, modelSlug: slug }) : [],
    actor && from.success ? getReusableSettings(database(), actor, from.data.id) : null,
    remixed ? getWork(database(), actor, remixed) : null,
    getModelPasses(database(), slug, actor),
  ]);
  const start = parent && { id: parent.id, title: parent.title, modelName: parent.modelName, previewSrc: parent.preview?.small ?? null };
  const fits = reused?.modelSlug === slug ? reused : null;
  return (
    <div className="frame">
      <RefreshWhile active={passes.own.some(({ runs }) => isSettling(runs))} everyMs={SETTLING_LOOK_MS} />
      <ModelHeader model={model} />
      <ModelPaused model={model} />
      <section aria-label="Playground" className="border-t border-rule pt-8 sm:pt-10">
        <Playground
          key={`${fits ? from.data?.id : 'own'} ${start?.id}`}
          model={model}
          viewer={viewer}
          chain={chain}
          openRuns={openRuns}
          reused={fits}
          start={start}
          passes={passes}
        />
      </section>
      <ModelPasses passes={passes} viewer={viewer} chain={chain} />
      <section aria-labelledby="about-heading" className="grid gap-8 pt-20 lg:grid-cols-[minmax(0,25rem)_minmax(0,1fr)] lg:gap-16">
        <div className="grid content-start gap-4">
          <h2 id="about-heading" className="font-display text-2xl">
            About this model
          </h2>
          <p className="whitespace-pre-line text-ink-soft">{model.description}</p>
        </div>
        <ModelRecord model={model} />
      </section>
      <VersionHistory versions={versions} />
      {gallery.works.length > 0 && (
        <section aria-labelledby="made-heading" className="pt-20">
          <h2 id="made-heading" className="mb-8 border-b border-rule pb-3 font-display text-xl">
            Made with {model.name}
          </h2>
          <WorkWall works={gallery.works} showModel={false} firstRowEager={false} />
          <Pager path={`/models/${slug}`} cursor={cursor} nextCursor={gallery.nextCursor} noun="works" />
        </section>
      )}
    </div>
  );
}

/** A model that is not open: its creator finds it in the studio, anybody else finds nothing. */
async function toStudioOrNowhere(slug: string): Promise<never> {
  const actor = await currentActor();
  if (actor && (await getOwnModel(database(), actor, slug))) redirect(`/studio/${slug}` as Route);
  notFound();
}
