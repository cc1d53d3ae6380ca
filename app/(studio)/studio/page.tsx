import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { SignedOut } from '@/components/shell/signed-out';
import { CreatorNotices } from '@/components/studio/creator-notices';
import { OwnModels } from '@/components/studio/own-models';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { listNotices, listOwnModels } from '@/lib/studio/queries';

export const metadata: Metadata = { title: 'Studio', robots: { index: false } };

const newModel = (text: string) => (
  <Link href={'/studio/new' as Route} className={buttonStyle()}>
    {text}
  </Link>
);

export default async function StudioPage() {
  const [actor, chain] = await Promise.all([currentActor(), chainConfig()]);
  if (!actor) {
    return (
      <SignedOut title="Your studio" chain={chain}>
        Sign in to put a model of your own to work: it stays where it runs, and you are paid for each picture it delivers.
      </SignedOut>
    );
  }
  const db = database();
  const [models, notices] = await Promise.all([listOwnModels(db, actor), listNotices(db, actor)]);
  if (models.length === 0) {
    return (
      <EmptyState heading="h1" title="Sell what your model makes, and keep the model" action={newModel('Put a model to work')}>
        <p>
          You tell us where your model runs and what a picture costs. Collectors set its parameters here, we call your endpoint, and you are paid when
          a picture is delivered. Nobody ever receives the weights, the address or the secret.
        </p>
        <p className="pt-3">
          Each picture carries a receipt signed by your version’s key. You try everything as a draft before anybody sees it, and publish it from your
          wallet into a collection that is yours.
        </p>
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeading title="Models">What you have put to work, and how it does.</PageHeading>
      <div className="grid gap-10 pb-16">
        <CreatorNotices notices={notices} />
        <OwnModels models={models} />
        <div>{newModel('Put another model to work')}</div>
      </div>
    </>
  );
}
