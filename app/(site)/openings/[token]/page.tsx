import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SignedOut } from '@/components/shell/signed-out';
import { PageHeading } from '@/components/ui/page-heading';
import { OpenLink } from '@/components/works/openings/open-link';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { openLinkInput } from '@/lib/works/openings/schema';

/** The address holds the link's secret: no site that is visited next is told it. */
export const metadata: Metadata = { title: 'A prompt for you', robots: { index: false }, referrer: 'no-referrer' };

/** Where a link to a prompt leads. It asks the database nothing, so that a link tells nobody anything by being looked at. */
export default async function OpeningPage({ params }: PageProps<'/openings/[token]'>) {
  const { data } = openLinkInput.safeParse(await params);
  if (!data) notFound();
  const actor = await currentActor();
  return (
    <div className="frame">
      {actor ? (
        <div className="pb-16 lg:max-w-3xl">
          <PageHeading title="A prompt for you">
            Somebody made a work and shows you the prompt behind it. They are told when you open it. What it says is theirs; treat it as they asked
            you to.
          </PageHeading>
          <OpenLink token={data.token} />
        </div>
      ) : (
        <SignedOut title="A prompt for you" chain={await chainConfig()}>
          This link shows the prompt of a work to one address. Sign in with the one it was made for.
        </SignedOut>
      )}
    </div>
  );
}
