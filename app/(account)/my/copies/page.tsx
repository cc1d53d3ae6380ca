import type { Metadata } from 'next';
import Link from 'next/link';
import { CopyList } from '@/components/likeness/copy-list';
import { SignedOut } from '@/components/shell/signed-out';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { listCopiesOfMine } from '@/lib/likeness/queries';

export const metadata: Metadata = { title: 'Likely copies', robots: { index: false } };

export default async function MyCopiesPage() {
  const actor = await currentActor();
  if (!actor) {
    return (
      <div className="frame">
        <SignedOut title="Likely copies of your works" chain={await chainConfig()}>
          Sign in to see which later works look like yours.
        </SignedOut>
      </div>
    );
  }
  const copies = await listCopiesOfMine(database(), actor);
  return (
    <div className="frame pb-20">
      <PageHeading title="Likely copies">
        Other people’s public works, made after yours, that look like them. A likeness is no proof: compare the two, and their receipts.
      </PageHeading>
      {copies.length > 0 ? (
        <CopyList copies={copies} />
      ) : (
        <EmptyState
          title="None found"
          action={
            <Link href="/my" className={buttonStyle({ variant: 'outline' })}>
              Your works
            </Link>
          }
        >
          <p>No public work that was made after one of yours looks like it. Every new work is compared within seconds.</p>
        </EmptyState>
      )}
    </div>
  );
}
