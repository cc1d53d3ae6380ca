import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { OpenRuns } from '@/components/playground/open-runs';
import { SignedOut } from '@/components/shell/signed-out';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Pager } from '@/components/works/pager';
import { WorkWall } from '@/components/works/work-wall';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { listMyWorks } from '@/lib/works/queries';

export const metadata: Metadata = { title: 'My works', robots: { index: false } };

export default async function MyWorksPage({ searchParams }: PageProps<'/my'>) {
  const [actor, search] = await Promise.all([currentActor(), searchParams]);
  if (!actor) {
    return (
      <div className="frame">
        <SignedOut title="Your works" chain={await chainConfig()}>
          Sign in to see everything you have made, shared or not.
        </SignedOut>
      </div>
    );
  }
  const cursor = [search.cursor].flat()[0];
  const [page, openRuns] = await Promise.all([listMyWorks(database(), actor, { cursor }), listGenerations(database(), actor, { open: true })]);
  const empty = page.works.length === 0 && openRuns.length === 0;
  return (
    <div className="frame">
      <PageHeading title="My works">
        Only you see these, until you show them in the gallery or mint them. Others’ works that look like yours are under{' '}
        <Link href="/my/copies" className="text-link">
          likely copies
        </Link>
        , what opens models to you under{' '}
        <Link href={'/my/passes' as Route} className="text-link">
          my passes
        </Link>
        .
      </PageHeading>
      {openRuns.length > 0 && <OpenRuns initial={openRuns} />}
      {empty ? (
        <EmptyState
          title="Nothing pulled yet"
          action={
            <Link href="/models" className={buttonStyle()}>
              Choose a model
            </Link>
          }
        >
          <p>Choose a model, set it up, and your first impression will hang here.</p>
        </EmptyState>
      ) : (
        <WorkWall works={page.works} />
      )}
      <Pager path="/my" cursor={cursor} nextCursor={page.nextCursor} noun="works" />
    </div>
  );
}
