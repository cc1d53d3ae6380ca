import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { CopyList } from '@/components/likeness/copy-list';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { listCopiesOfModel } from '@/lib/likeness/queries';
import { ownModel } from '../../../own-model';

export const metadata: Metadata = { title: 'Likely copies', robots: { index: false } };

export default async function ModelCopiesPage({ params }: PageProps<'/studio/[slug]/copies'>) {
  const model = await ownModel((await params).slug);
  const actor = await currentActor();
  if (!actor) notFound();
  const copies = await listCopiesOfModel(database(), actor, model.slug);
  return (
    <>
      <PageHeading title={`Likely copies of ${model.name}`}>
        Public works of other creators’ models, made later, that look like works of this one. Works that their owners keep private are not shown. A
        likeness is no proof: compare the two, and their receipts.
      </PageHeading>
      <div className="pb-20">
        {copies.length > 0 ? (
          <CopyList copies={copies} />
        ) : (
          <EmptyState
            title="None found"
            action={
              <Link href={`/studio/${model.slug}` as Route} className={buttonStyle({ variant: 'outline' })}>
                Back to the model
              </Link>
            }
          >
            <p>No public work of another creator’s model looks like an earlier public work of this one. Every new work is compared within seconds.</p>
          </EmptyState>
        )}
      </div>
    </>
  );
}
