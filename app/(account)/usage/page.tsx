import type { Metadata } from 'next';
import Link from 'next/link';
import { SignedOut } from '@/components/shell/signed-out';
import { PageHeading } from '@/components/ui/page-heading';
import { UsageReport } from '@/components/usage/usage-report';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { getUsage } from '@/lib/gateway/usage/get-usage';
import { nullWhereTooMuch } from '@/lib/gateway/usage/query-soon';
import { readUsageSpan } from '@/lib/gateway/usage/usage-span';

export const metadata: Metadata = { title: 'Usage', robots: { index: false } };

export default async function UsagePage({ searchParams }: PageProps<'/usage'>) {
  const [actor, search] = await Promise.all([currentActor(), searchParams]);
  if (!actor) {
    return (
      <div className="frame">
        <SignedOut title="Your usage" chain={await chainConfig()}>
          Sign in to see what your keys and signed requests did.
        </SignedOut>
      </div>
    );
  }
  const span = readUsageSpan([search.days].flat()[0]);
  const usage = await getUsage(database(), actor, span).catch(nullWhereTooMuch);
  return (
    <div className="frame pb-20">
      <PageHeading title="Usage">
        What your programs called and ran, by{' '}
        <Link href="/keys" className="text-link">
          key
        </Link>
        , model and door. What you paid stands in your{' '}
        <Link href="/credits" className="text-link">
          statement
        </Link>
        ; these are figures to work with.
      </PageHeading>
      <UsageReport usage={usage} span={span} here="/usage" />
    </div>
  );
}
