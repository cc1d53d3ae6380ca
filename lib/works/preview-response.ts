import { isKnown } from '@/lib/etag';
import { pictureCaching } from './takedowns/cache-control';

/** A preview whose address names its digest. A private work stays out of shared caches; who has the picture is told so without reading it. */
export type Preview = { digest: string; isPublic: boolean; read: () => Promise<Buffer> };

export async function previewResponse(asked: Pick<Request, 'headers'>, { digest, isPublic, read }: Preview): Promise<Response> {
  const headers = {
    etag: `"${digest}"`,
    'cache-control': pictureCaching(isPublic ? 'public' : 'private'),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
  if (isKnown(asked.headers.get('if-none-match'), headers.etag)) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(await read()), { headers: { ...headers, 'content-type': 'image/webp' } });
}
