import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { AccessForm } from '@/components/studio/access/access-form';
import { Allowlists } from '@/components/studio/access/allowlists';
import { Notice } from '@/components/ui/notice';
import { PageHeading } from '@/components/ui/page-heading';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { otherChains } from '@/lib/chain/other-chains';
import { database } from '@/lib/db';
import { ownRule } from '@/lib/passes/own-rule';
import { ownModel } from '../../../own-model';

export const metadata: Metadata = { title: 'Who may run it', robots: { index: false } };

export default async function AccessPage({ params }: PageProps<'/studio/[slug]/access'>) {
  const [model, actor, chain] = await Promise.all([ownModel((await params).slug), currentActor(), chainConfig()]);
  if (!actor) notFound();
  const { modelId, rule, earlyUntil, tiers, lists } = await ownRule(database(), actor, model.slug);
  return (
    <>
      <PageHeading title={`Who may run ${model.name}`}>
        Everybody who pays, or holders of a pass, of another token, or people on a list of yours. You yourself always may.
      </PageHeading>
      <div className="grid max-w-[44rem] gap-14 pb-20">
        {tiers.length === 0 && (
          <Notice>
            You have no passes yet.{' '}
            <Link href={'/studio/passes' as Route} className="text-link">
              Make a tier
            </Link>{' '}
            first if you want to sell some.
          </Notice>
        )}
        {chain.chainId === null ? (
          <Notice tone="bad">The chain does not answer right now, so conditions cannot be checked. Reload the page in a moment.</Notice>
        ) : (
          <AccessForm
            modelId={modelId}
            rule={rule}
            earlyUntil={earlyUntil}
            choices={{
              tiers,
              lists,
              chains: [{ chainId: chain.chainId, name: chain.chainName }, ...otherChains().filter(({ chainId }) => chainId !== chain.chainId)],
            }}
          />
        )}
        <section aria-labelledby="lists-heading" className="grid gap-4">
          <h2 id="lists-heading" className="border-b border-rule pb-3 font-display text-xl">
            Your lists
          </h2>
          <p className="text-sm text-ink-soft">
            Addresses you let in by name. A list can serve several of your models, and a change counts from the next run on.
          </p>
          <Allowlists lists={lists} />
        </section>
      </div>
    </>
  );
}
