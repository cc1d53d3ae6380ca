import type { Metadata } from 'next';
import { VersionForm } from '@/components/studio/form/version-form';
import { PageHeading } from '@/components/ui/page-heading';
import { env } from '@/lib/env';
import { ownModel } from '../../../own-model';

export const metadata: Metadata = { title: 'A new version', robots: { index: false } };

export default async function NewVersionPage({ params }: PageProps<'/studio/[slug]/new-version'>) {
  const model = await ownModel((await params).slug);
  return (
    <>
      <PageHeading title={`A new version of ${model.name}`}>
        It begins as the newest one. The versions before it stay as they are, and so do the works made with them.
      </PageHeading>
      <VersionForm earlier={model} exampleUrl={env.EXAMPLE_ENDPOINT_URL ?? null} />
    </>
  );
}
