'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { PublishPlanDto } from '@/lib/studio/schema';
import { buttonStyle } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { keepPending, type Pending, readPending } from '../../wallet/pending';
import { PublishForm } from './publish-form';
import { PublishProgress } from './publish-progress';
import { SendPlan } from './send-plan';

type Props = { slug: string; name: string; version: string; isPublished: boolean; viewer: ViewerDto; chain: ChainConfigDto };

/** From a draft to a page: bounds and rights, the price of the transaction, the wallet, the chain. What was sent survives a reload. */
export function PublishFlow({ slug, name, version, isPublished, viewer, chain }: Props) {
  const router = useRouter();
  const [plan, setPlan] = useState<PublishPlanDto | null>(null);
  const [sent, setSent] = useState<Pending | null>(null);
  const [published, setPublished] = useState(isPublished);
  useEffect(() => setSent(readPending('publish', version)), [version]);
  useEffect(() => {
    if (published) keepPending('publish', version, null);
  }, [published, version]);
  const startOver = () => {
    keepPending('publish', version, null);
    setSent(null);
    setPlan(null);
  };
  if (published) return <Published slug={slug} name={name} />;
  if (sent || plan?.calls.length === 0) {
    const onPublished = () => {
      setPublished(true);
      router.refresh();
    };
    return <PublishProgress version={version} hash={sent?.hash ?? null} rpcPath={chain.rpcPath} onPublished={onPublished} onStartOver={startOver} />;
  }
  if (!plan) return <PublishForm version={version} onPlan={setPlan} />;
  const onSent = (hash: `0x${string}`) => {
    const pending: Pending = { hash, subject: version, sentAtMs: Date.now() };
    keepPending('publish', version, pending);
    setSent(pending);
  };
  return <SendPlan plan={plan} viewer={viewer} chain={chain} onSent={onSent} onBack={() => setPlan(null)} />;
}

function Published({ slug, name }: { slug: string; name: string }) {
  return (
    <div className="grid justify-items-start gap-5">
      <Notice tone="good" role="status">
        {name} is open. Its version and its key are on the chain, in your collection.
      </Notice>
      <div className="flex flex-wrap gap-3">
        <Link href={`/models/${slug}`} className={buttonStyle()}>
          Open its public page
        </Link>
        <Link href={`/studio/${slug}` as Route} className={buttonStyle({ variant: 'outline' })}>
          Back to the studio
        </Link>
      </div>
    </div>
  );
}
