import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { getPublicFile } from '@/lib/mint/public-file';
import { route } from '@/lib/route';

/** Bytes by their CID, as an IPFS gateway serves them: metadata and images of minted tokens, manifests of published versions. */
export const GET = route(async ({ request, params }) => {
  const cid = params.cid ?? '';
  const file = await getPublicFile(database(), cid);
  if (!file) throw new AppError('not_found');
  const headers = {
    'content-type': file.type,
    'content-disposition': `inline; filename="${cid}.${file.extension}"`,
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${cid}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers });
  return new Response(file.bytes, { headers });
});
