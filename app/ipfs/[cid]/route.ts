import { gatewayResponse } from '@/lib/addresses/gateway';
import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { getPublicFile } from '@/lib/mint/public-file';
import { route } from '@/lib/route';

/** Bytes by their CID, as an IPFS gateway serves them: what belongs to minted tokens, and manifests of published versions. */
export const GET = route(async ({ request, params }) => {
  const cid = params.cid ?? '';
  const file = await getPublicFile(database(), cid);
  if (!file) throw new AppError('not_found');
  return gatewayResponse(request, cid, file);
});
export const HEAD = GET;
