import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { History } from '@/components/works/history';
import { Lineage } from '@/components/works/lineage';
import { MintPanel } from '@/components/works/mint-panel';
import { Plate } from '@/components/works/plate';
import { RefreshWhile } from '@/components/works/refresh-while';
import { TakedownNotices } from '@/components/works/takedown-notices';
import { TokenPanel } from '@/components/works/token-panel';
import { WorkActions } from '@/components/works/work-actions';
import { WorkRecord } from '@/components/works/work-record';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor, currentViewer } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { getMintStatus } from '@/lib/mint/queries';
import { getRelay } from '@/lib/mint/relay/queries';
import { uuidInput } from '@/lib/uuid-input';
import { getLineage } from '@/lib/works/get-lineage';
import { getWork } from '@/lib/works/get-work';
import { getOpening } from '@/lib/works/openings/queries';

const SEALING_LOOK_MS = 2_000;
const FINALITY_LOOK_MS = 8_000;

const loadWork = cache(async (asked: string) => {
  const id = uuidInput.safeParse(asked).data;
  return id ? getWork(database(), await currentActor(), id) : null;
});

export async function generateMetadata({ params }: PageProps<'/works/[id]'>): Promise<Metadata> {
  const work = await loadWork((await params).id);
  if (!work) return { title: 'Nothing here' };
  const description = `Made with ${work.modelName}, version ${work.versionNumber}. See its record and check it yourself.`;
  const image = work.preview && { url: work.preview.large, alt: work.alt };
  return { title: work.title, description, openGraph: { title: work.title, description, images: image ? [image] : [] } };
}

export default async function WorkPage({ params, searchParams }: PageProps<'/works/[id]'>) {
  const work = await loadWork((await params).id);
  if (!work) notFound();
  const [actor, viewer, chain] = await Promise.all([currentActor(), currentViewer(), chainConfig()]);
  const cursor = [(await searchParams).cursor].flat()[0];
  const [opening, lineage] = await Promise.all([getOpening(database(), actor, work.id), getLineage(database(), actor, work.id, { cursor })]);
  const mint = work.isOwner && !work.takedown ? await getMintStatus(database(), actor, work.id) : null;
  const relay = actor && mint ? await getRelay(database(), actor, work.id) : null;
  // Minted between the two looks above: the next one sees both.
  const halfSeen = mint?.state === 'minted' && !work.token;
  // The indexer may tell of a mint later than the sender.
  const settling = work.token ? work.token.finality !== 'final' : relay?.step === 'safe';
  return (
    <div className="frame pt-4 sm:pt-8">
      <RefreshWhile active={(!work.preview && !work.takedown) || halfSeen || settling} everyMs={settling ? FINALITY_LOOK_MS : SEALING_LOOK_MS} />
      <TakedownNotices work={work} above={lineage.takenDownAbove} />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-14">
        <Plate work={work} />
        <aside className="grid gap-8 lg:sticky lg:top-24">
          <WorkActions work={work} />
          {work.token && <TokenPanel token={work.token} explorerUrl={chain.explorerUrl} />}
          {mint && <MintPanel workId={work.id} mint={mint} relay={relay} viewer={viewer} chain={chain} />}
        </aside>
      </div>
      <div className="grid items-start gap-14 pt-16 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <section aria-labelledby="record-heading" className="grid gap-4">
          <h2 id="record-heading" className="font-display text-2xl">
            Record
          </h2>
          <WorkRecord work={work} opening={opening} />
        </section>
        <section aria-labelledby="history-heading" className="grid gap-4">
          <h2 id="history-heading" className="font-display text-2xl">
            History
          </h2>
          <History entries={work.history} />
        </section>
      </div>
      <Lineage workId={work.id} title={work.title} lineage={lineage} cursor={cursor} />
    </div>
  );
}
