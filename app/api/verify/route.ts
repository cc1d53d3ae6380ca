import { clientOf, takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { askHouse } from '@/lib/provenance/ask-house';
import { readUpload } from '@/lib/provenance/read-upload';
import { digestsInput, verifyTokenInput } from '@/lib/provenance/schema';
import { verifyFile } from '@/lib/provenance/verify-file';
import { verifyToken } from '@/lib/provenance/verify-token';
import { route } from '@/lib/route';

async function answer(request: Request) {
  const upload = await readUpload(request);
  if (upload.kind === 'file') return verifyFile(database(), upload.bytes);
  const digests = digestsInput.safeParse(upload.json);
  return digests.success ? askHouse(database(), digests.data.digests) : verifyToken(database(), verifyTokenInput.parse(upload.json));
}

/**
 * VerifyReport of a file (multipart, field `file`) or of a token (JSON `{ tokenId, collection? }`); HouseAnswer to the digests of a file that is
 * checked elsewhere (JSON `{ digests }`). Open to everyone.
 */
export const POST = route(async ({ request }) => {
  await takeOne('verify', clientOf(request.headers));
  return Response.json(await answer(request), { headers: { 'cache-control': 'no-store' } });
});
