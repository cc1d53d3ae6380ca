import { notFound, redirect } from 'next/navigation';
import { database } from '@/lib/db';
import { findWorkByContent } from '@/lib/works/queries';

/** Where a token's external_url leads: from the digest of the pixels to the page of the work. */
export async function GET(_request: Request, { params }: RouteContext<'/w/[content]'>) {
  const { content } = await params;
  const id = /^(0x)?[0-9a-fA-F]{64}$/.test(content) ? await findWorkByContent(database(), content) : null;
  if (!id) notFound();
  redirect(`/works/${id}`);
}
