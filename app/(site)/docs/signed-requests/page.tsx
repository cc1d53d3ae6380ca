import type { Metadata } from 'next';
import { Markdown, titleOf } from '@/components/docs/markdown';
import { PageHeading } from '@/components/ui/page-heading';
import { readDoc } from '@/lib/gateway/docs/read-doc';

export const metadata: Metadata = { title: 'Signed requests' };

export default async function SignedRequestDocsPage() {
  const text = await readDoc('signed-requests');
  return (
    <>
      <PageHeading title={titleOf(text)} />
      <Markdown text={text} />
    </>
  );
}
