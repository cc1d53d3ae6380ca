import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/route';
import { uuidInput } from '@/lib/uuid-input';
import { readOpeningFile } from '@/lib/works/openings/queries';

/** The opening of a prompt as a file, for whoever sees the prompt on the work's page. */
export const GET = route(async ({ params, actor }) => {
  const id = uuidInput.safeParse(params.id);
  if (!id.success) throw new AppError('not_found');
  const file = await readOpeningFile(database(), actor, id.data);
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="prompt-${file.receipt.slice(2, 10)}.json"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
});
