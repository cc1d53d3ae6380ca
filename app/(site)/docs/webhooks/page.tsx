import type { Metadata } from 'next';
import { Markdown, titleOf } from '@/components/docs/markdown';
import { PageHeading } from '@/components/ui/page-heading';
import { readDoc } from '@/lib/gateway/docs/read-doc';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhookDocsPage() {
  const text = await readDoc('webhooks');
  return (
    <>
      <PageHeading title={titleOf(text)} />
      <Markdown text={text} />
    </>
  );
}
