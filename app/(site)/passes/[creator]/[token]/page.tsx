import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { PassHistory } from '@/components/passes/pass-history';
import { PassRecord } from '@/components/passes/pass-record';
import { TierPicture } from '@/components/passes/tier-list';
import { chainConfig } from '@/lib/auth/chain-config';
import { database } from '@/lib/db';
import { getPassPage, passPageInput } from '@/lib/passes/pass-page';

const loadPass = cache(async (creator: string, token: string) => {
  const named = passPageInput.safeParse({ creator, token });
  return named.success ? getPassPage(database(), named.data) : null;
});

export async function generateMetadata({ params }: PageProps<'/passes/[creator]/[token]'>): Promise<Metadata> {
  const { creator, token } = await params;
  const page = await loadPass(creator, token);
  if (!page) return { title: 'Nothing here' };
  const { tier, number } = page.pass;
  const title = `${tier.label}, number ${number}`;
  return { title, openGraph: { title, images: [`/ipfs/${tier.imageCid}`] } };
}

export default async function PassPage({ params }: PageProps<'/passes/[creator]/[token]'>) {
  const { creator, token } = await params;
  const [page, chain] = await Promise.all([loadPass(creator, token), chainConfig()]);
  if (!page) notFound();
  const { tier, number } = page.pass;
  return (
    <div className="frame pt-8 pb-20 sm:pt-12">
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)] lg:gap-16">
        <TierPicture cid={tier.imageCid} className="max-w-104" />
        <div className="grid gap-8">
          <h1 className="font-display text-3xl tracking-[-0.02em]">
            {tier.label}, number {number}
          </h1>
          <PassRecord page={page} now={Date.now()} explorerUrl={chain.explorerUrl} />
          <section aria-labelledby="history-heading" className="grid gap-4 pt-6">
            <h2 id="history-heading" className="font-display text-2xl">
              History
            </h2>
            <PassHistory events={page.history} />
          </section>
        </div>
      </div>
    </div>
  );
}
