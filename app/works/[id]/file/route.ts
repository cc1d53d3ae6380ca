import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/route';
import { uuidInput } from '@/lib/uuid-input';
import { readSealedFile } from '@/lib/works/read-file';

/** The sealed file, to keep. Not cached: a voucher seals it anew once. */
export const GET = route(async ({ params, actor }) => {
  const id = uuidInput.safeParse(params.id);
  if (!id.success) throw new AppError('not_found');
  const { bytes, name } = await readSealedFile(database(), actor, id.data);
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
});
