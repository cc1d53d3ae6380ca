import type { WorkDto } from '@/lib/works/schema';

/** A work as the gateway tells of it: with addresses that a key opens, and without those that only a signed-in browser gets. */
export function workBody({ preview: _, file, textFile, modelSlug, ...work }: WorkDto) {
  const at = `/api/v1/works/${work.id}`;
  return {
    ...work,
    model: modelSlug,
    file: file && { ...file, href: `${at}/file` },
    textFile: textFile && { ...textFile, href: `${at}/text` },
    links: { self: at, receipt: `${at}/receipt`, page: `/works/${work.id}` },
  };
}

/** Bytes of a work, to keep. Nothing of it is run by whoever opens it here. */
export function fileResponse({ bytes, name }: { bytes: Buffer; name: string }, type: 'image/png' | 'text/plain; charset=utf-8'): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
}
