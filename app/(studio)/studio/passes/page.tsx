import type { Metadata } from 'next';
import { SignedOut } from '@/components/shell/signed-out';
import { AddTier } from '@/components/studio/passes/add-tier';
import { OwnTiers } from '@/components/studio/passes/own-tiers';
import { Proceeds } from '@/components/studio/passes/proceeds';
import { PageHeading } from '@/components/ui/page-heading';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor, currentViewer } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { listModelChoices } from '@/lib/passes/own';
import { getProceeds } from '@/lib/passes/proceeds';
import { listOwnTiers } from '@/lib/passes/queries';
import { listMyWorks } from '@/lib/works/queries';

export const metadata: Metadata = { title: 'Passes', robots: { index: false } };

export default async function StudioPassesPage() {
  const [actor, viewer, chain] = await Promise.all([currentActor(), currentViewer(), chainConfig()]);
  if (!actor) {
    return (
      <SignedOut title="Passes to your models" chain={chain}>
        Sign in to sell passes: tokens that open your models to whoever holds them, with runs included if you like.
      </SignedOut>
    );
  }
  const db = database();
  const [tiers, models, page, proceeds] = await Promise.all([
    listOwnTiers(db, actor),
    listModelChoices(db, actor),
    listMyWorks(db, actor),
    getProceeds(db, actor),
  ]);
  const works = page.works.map(({ id, title, preview }) => ({ id, title, src: preview.small }));
  const isFirst = tiers.length === 0;
  return (
    <>
      <PageHeading title="Passes">
        A pass is a token that opens your models to whoever holds it. You set price, supply and what it includes; it is sold from a collection that
        your wallet owns, and what is paid goes there.
      </PageHeading>
      <div className="grid gap-16 pb-20">
        {!isFirst && (
          <section aria-labelledby="tiers-heading" className="grid gap-6">
            <h2 id="tiers-heading" className="font-display text-2xl">
              Your tiers
            </h2>
            <OwnTiers tiers={tiers} models={models} viewer={viewer} chain={chain} />
          </section>
        )}
        {proceeds && (
          <section aria-labelledby="proceeds-heading" className="grid gap-6">
            <h2 id="proceeds-heading" className="font-display text-2xl">
              What they earned
            </h2>
            <Proceeds of="passes" proceeds={proceeds} viewer={viewer} chain={chain} />
          </section>
        )}
        <section aria-labelledby="add-heading" className="grid gap-6">
          <h2 id="add-heading" className="border-b border-rule pb-3 font-display text-2xl">
            {isFirst ? 'Your first tier' : 'Another tier'}
          </h2>
          <AddTier isFirst={isFirst} models={models} works={works} viewer={viewer} chain={chain} />
        </section>
      </div>
    </>
  );
}
