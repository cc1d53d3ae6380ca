import { gatewayResponse } from '@/lib/addresses/gateway';
import { takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import { findPublicFile } from '@/lib/mint/public-file';
import { route } from '@/lib/route';

// A file is read whole and hashed before a byte of it is sent.
const reading = inTurn({ most: 8, waiting: 200 });

/** Bytes by their CID, as an IPFS gateway serves them: what belongs to minted tokens, and manifests of published versions. */
export const GET = route(async ({ request, params, address }) => {
  const cid = params.cid ?? '';
  await takeOne('ipfs', address);
  const file = await findPublicFile(database(), cid);
  if (!file) throw new AppError('not_found');
  return gatewayResponse(request, cid, { ...file, read: () => reading(file.read) });
});
/** Reads no file. Next drops the length (lib/addresses/README.md). */
export const HEAD = GET;
