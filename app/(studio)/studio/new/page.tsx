import type { Metadata } from 'next';
import { SignedOut } from '@/components/shell/signed-out';
import { VersionForm } from '@/components/studio/form/version-form';
import { PageHeading } from '@/components/ui/page-heading';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { env } from '@/lib/env';

export const metadata: Metadata = { title: 'A new model', robots: { index: false } };

export default async function NewModelPage() {
  const [actor, chain] = await Promise.all([currentActor(), chainConfig()]);
  if (!actor) {
    return (
      <SignedOut title="A new model" chain={chain}>
        Sign in to put a model of your own to work.
      </SignedOut>
    );
  }
  return (
    <>
      <PageHeading title="A new model">Five steps to a draft that only you can see and run.</PageHeading>
      <VersionForm earlier={null} exampleUrl={env.EXAMPLE_ENDPOINT_URL ?? null} />
    </>
  );
}
