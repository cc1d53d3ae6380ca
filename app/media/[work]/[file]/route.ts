import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/route';
import { uuidInput } from '@/lib/uuid-input';
import { previewResponse } from '@/lib/works/preview-response';
import { findPreview } from '@/lib/works/read-file';

/** A work's preview. The address holds the digest, so what it shows never changes; whether it shows it, does. */
export const GET = route(async ({ request, params, actor }) => {
  const work = uuidInput.safeParse(params.work);
  const file = /^([0-9a-f]{64})\.webp$/.exec(params.file ?? '');
  if (!work.success || !file?.[1]) throw new AppError('not_found');
  return previewResponse(request, await findPreview(database(), actor, work.data, file[1]));
});
