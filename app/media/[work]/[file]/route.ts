import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/route';
import { uuidInput } from '@/lib/uuid-input';
import { readPreview } from '@/lib/works/read-file';

/** A work's preview. The address holds the digest, so what it answers never changes; a private work stays out of shared caches. */
export const GET = route(async ({ params, actor }) => {
  const work = uuidInput.safeParse(params.work);
  const file = /^([0-9a-f]{64})\.webp$/.exec(params.file ?? '');
  if (!work.success || !file?.[1]) throw new AppError('not_found');
  const { bytes, isPublic } = await readPreview(database(), actor, work.data, file[1]);
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'image/webp',
      'content-length': String(bytes.length),
      'cache-control': `${isPublic ? 'public' : 'private'}, max-age=31536000, immutable`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
});
