import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { userRoute } from '@/lib/route';
import { findUpload, readUploaded } from '@/lib/uploads/queries';
import { uploadContentInput } from '@/lib/uploads/schema';

/** One's own upload, so that the playground can show it again after a reload. To anybody else it is not there. */
export const GET = userRoute(async ({ actor, params }) => {
  const content = uploadContentInput.safeParse(params.content);
  if (!content.success) throw new AppError('not_found');
  const png = await readUploaded(await findUpload(database(), actor.userId, content.data));
  return new Response(new Uint8Array(png), {
    headers: {
      'content-type': 'image/png',
      'content-length': String(png.length),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
});
