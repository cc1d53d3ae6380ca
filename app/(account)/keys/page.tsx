import type { Metadata } from 'next';
import Link from 'next/link';
import { KeyList } from '@/components/keys/key-list';
import { NewKey } from '@/components/keys/new-key';
import { SignedOut } from '@/components/shell/signed-out';
import { PageHeading } from '@/components/ui/page-heading';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { listKeys } from '@/lib/gateway/keys/list-keys';
import { listModels } from '@/lib/models/queries';
import { listPassesOf } from '@/lib/passes/queries';
import type { PassDto } from '@/lib/passes/tier-schema';

export const metadata: Metadata = { title: 'API keys', robots: { index: false } };

const isGood = ({ expiresAt }: PassDto) => expiresAt === null || Date.parse(expiresAt) > Date.now();

export default async function KeysPage() {
  const actor = await currentActor();
  if (!actor) {
    return (
      <div className="frame">
        <SignedOut title="Your API keys" chain={await chainConfig()}>
          Sign in to make keys that let your programs run models for you.
        </SignedOut>
      </div>
    );
  }
  const [keys, models, held] = await Promise.all([listKeys(database(), actor), listModels(database()), listPassesOf(database(), actor.address)]);
  const passes = held.filter(isGood).map(({ passId, tier, number }) => ({ passId, label: `${tier.label}, number ${number}` }));
  return (
    <div className="frame pb-16">
      <PageHeading title="API keys">
        A key lets a program run models and read your works as you, within the caps you give it. What it makes is yours, and paid with your credits.{' '}
        <Link href="/docs" className="text-link">
          How to use it
        </Link>
        ,{' '}
        <Link href="/usage" className="text-link">
          what it did
        </Link>
        .
      </PageHeading>
      <div className="grid items-start gap-12 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-x-20">
        <KeyList keys={keys} passes={passes} />
        <NewKey models={models.map(({ slug, name }) => ({ slug, name }))} passes={passes} first={keys.length === 0} />
      </div>
    </div>
  );
}
