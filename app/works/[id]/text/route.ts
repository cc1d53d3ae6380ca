import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/route';
import { uuidInput } from '@/lib/uuid-input';
import { readTextFile } from '@/lib/works/read-file';

/** The plain text of a text, to keep: for whoever may have its sealed file. */
export const GET = route(async ({ params, actor }) => {
  const id = uuidInput.safeParse(params.id);
  if (!id.success) throw new AppError('not_found');
  const { bytes, name } = await readTextFile(database(), actor, id.data);
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
});
