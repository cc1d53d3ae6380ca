import { clientOf, takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { readUpload } from '@/lib/provenance/read-upload';
import { verifyTokenInput } from '@/lib/provenance/schema';
import { verifyFile } from '@/lib/provenance/verify-file';
import { verifyToken } from '@/lib/provenance/verify-token';
import { route } from '@/lib/route';

/** VerifyReport of a file (multipart, field `file`) or of a token (JSON `{ tokenId, collection? }`). Open to everyone. */
export const POST = route(async ({ request }) => {
  await takeOne('verify', clientOf(request.headers));
  const upload = await readUpload(request);
  const report =
    upload.kind === 'file' ? await verifyFile(database(), upload.bytes) : await verifyToken(database(), verifyTokenInput.parse(upload.json));
  return Response.json(report, { headers: { 'cache-control': 'no-store' } });
});
