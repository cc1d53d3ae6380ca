import Link from 'next/link';
import { ModelList } from '@/components/models/model-list';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Hero } from '@/components/works/hero';
import { Pager } from '@/components/works/pager';
import { WorkWall } from '@/components/works/work-wall';
import { database } from '@/lib/db';
import { listModels } from '@/lib/models/queries';
import { listGallery } from '@/lib/works/queries';

const WORKS_A_PAGE = 25;

/** Explore: the newest shared works, and the models that made them. */
export default async function ExplorePage({ searchParams }: PageProps<'/'>) {
  const cursor = [(await searchParams).cursor].flat()[0];
  const [gallery, models] = await Promise.all([listGallery(database(), { cursor, limit: WORKS_A_PAGE }), listModels(database())]);
  const [newest, ...others] = gallery.works;
  const firstPage = cursor === undefined;
  return (
    <>
      {firstPage && <Hero work={newest ?? null} />}
      {firstPage && models.length > 0 && (
        <section aria-labelledby="models-heading" className="frame py-12 sm:py-16">
          <div className="mb-8 flex items-baseline justify-between gap-6 border-b border-rule pb-3">
            <h2 id="models-heading" className="font-display text-xl">
              On the press
            </h2>
            <Link href="/models" className="text-link text-sm text-ink-soft">
              All models
            </Link>
          </div>
          <ModelList as="strip" models={models.slice(0, 3)} />
        </section>
      )}
      <section aria-labelledby="works-heading" className="frame py-8 sm:py-12">
        <h2 id="works-heading" className="mb-8 border-b border-rule pb-3 font-display text-xl">
          {firstPage ? 'Recent impressions' : 'Earlier impressions'}
        </h2>
        {gallery.works.length === 0 ? (
          <EmptyState
            title="The walls are still bare"
            action={
              <Link href="/models" className={buttonStyle()}>
                Choose a model
              </Link>
            }
          >
            <p>Nobody has hung a work yet. Make one with any model, then share it from its page.</p>
          </EmptyState>
        ) : (
          <WorkWall works={firstPage ? others : gallery.works} firstRowEager={!firstPage} />
        )}
        <Pager path="/" cursor={cursor} nextCursor={gallery.nextCursor} noun="works" />
      </section>
    </>
  );
}
