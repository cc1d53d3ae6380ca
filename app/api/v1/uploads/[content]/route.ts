import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { gatewayRoute } from '@/lib/gateway/route';
import { fileResponse } from '@/lib/gateway/work-body';
import { findUpload, readUploaded } from '@/lib/uploads/queries';
import { uploadContentInput } from '@/lib/uploads/schema';

/** An upload of one’s own. To anybody else it is not there. */
export const GET = gatewayRoute('read', async ({ caller, params }) => {
  const { data: content } = uploadContentInput.safeParse(params.content);
  if (!content) throw new AppError('not_found');
  const bytes = await readUploaded(await findUpload(database(), caller.actor.userId, content));
  return fileResponse({ bytes, name: `${content}.png` }, 'image/png');
});
