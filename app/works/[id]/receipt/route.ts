import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/route';
import { uuidInput } from '@/lib/uuid-input';
import { readReceipt } from '@/lib/works/read-receipt';

/** The receipt as a file. Not cached: a mint adds the token to it. */
export const GET = route(async ({ params, actor }) => {
  const id = uuidInput.safeParse(params.id);
  if (!id.success) throw new AppError('not_found');
  const { file, name } = await readReceipt(database(), actor, id.data);
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
});
