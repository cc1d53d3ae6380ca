import type { Metadata } from 'next';
import Link from 'next/link';
import { HeldPasses } from '@/components/passes/held-passes';
import { isSettling } from '@/components/passes/pass-words';
import { SignedOut } from '@/components/shell/signed-out';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { RefreshWhile } from '@/components/works/refresh-while';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor, currentViewer } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { listHeldPasses } from '@/lib/passes/held-passes';
import { listRenewals } from '@/lib/passes/relay/queries';

export const metadata: Metadata = { title: 'My passes', robots: { index: false } };

const SETTLING_LOOK_MS = 4_000;

export default async function MyPassesPage() {
  const [actor, viewer, chain] = await Promise.all([currentActor(), currentViewer(), chainConfig()]);
  if (!actor) {
    return (
      <div className="frame">
        <SignedOut title="Your passes" chain={chain}>
          Sign in to see the passes you hold, what is left of their runs, and to renew them or give them away.
        </SignedOut>
      </div>
    );
  }
  const [passes, renewals] = await Promise.all([listHeldPasses(database(), actor.address), listRenewals(database(), actor)]);
  return (
    <div className="frame pb-20">
      <PageHeading title="My passes">A pass opens models to whoever holds it, and the runs it includes go where it goes.</PageHeading>
      <RefreshWhile active={passes.some(({ runs }) => isSettling(runs))} everyMs={SETTLING_LOOK_MS} />
      {passes.length > 0 ? (
        <HeldPasses passes={passes} renewals={renewals} now={Date.now()} viewer={viewer} chain={chain} />
      ) : (
        <EmptyState
          title="No passes yet"
          action={
            <Link href="/models" className={buttonStyle()}>
              Look at models
            </Link>
          }
        >
          <p>
            Some models are for holders of a pass, and some passes include runs. A model’s page shows which there are, and one you just bought is here
            within seconds.
          </p>
        </EmptyState>
      )}
    </div>
  );
}
