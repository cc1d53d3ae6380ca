import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { CardReceipt } from '@/components/credits/card-receipt';
import { DepositReceipt } from '@/components/credits/deposit-receipt';
import { SignedOut } from '@/components/shell/signed-out';
import { PageHeading } from '@/components/ui/page-heading';
import { PrintButton } from '@/components/ui/print-button';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { getCardReceipt } from '@/lib/statement/get-card-receipt';
import { getDepositReceipt } from '@/lib/statement/get-deposit-receipt';
import { uuidInput } from '@/lib/uuid-input';

export const metadata: Metadata = { title: 'Receipt', robots: { index: false } };

export default async function ReceiptPage({ params }: PageProps<'/credits/receipts/[ref]'>) {
  const [actor, chain, { ref: asked }] = await Promise.all([currentActor(), chainConfig(), params]);
  if (!actor) {
    return (
      <div className="frame">
        <SignedOut title="Your receipt" chain={chain}>
          Sign in to see what you paid and what it was turned into.
        </SignedOut>
      </div>
    );
  }
  const ref = uuidInput.safeParse(asked).data;
  if (!ref) notFound();
  const [deposit, purchase] = await Promise.all([getDepositReceipt(database(), actor, ref), getCardReceipt(database(), actor, ref)]);
  if (!deposit && !purchase) notFound();
  return (
    <div className="frame max-w-3xl">
      <PageHeading title="Receipt">Credits bought from Intaglio. 1 credit is US$0.01.</PageHeading>
      {deposit && <DepositReceipt receipt={deposit} chainName={chain.chainName} explorerUrl={chain.explorerUrl} />}
      {purchase && <CardReceipt receipt={purchase} />}
      <p className="flex flex-wrap items-center gap-4 pt-8 print:hidden">
        <PrintButton>Print or keep as PDF</PrintButton>
        <Link href="/credits" className="text-link text-sm">
          Back to your credits
        </Link>
      </p>
    </div>
  );
}
