import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { pictureOf } from '@/lib/models/picture';
import type { ParameterSchema, ParameterValues } from '@/lib/models/schema';
import { findUpload } from '@/lib/uploads/queries';
import { uploadContentInput } from '@/lib/uploads/schema';
import type { Parent } from './load-parent';

type Given = { schema: ParameterSchema; params: ParameterValues; parent: Parent | null };

/**
 * What a run starts from, in its parameters: the parent's picture, whatever else was given, or an upload of one's own. Nobody starts from a picture by
 * knowing its digest. Throws `upload_gone`.
 */
export async function startOf(
  db: Pick<Database, 'prisma'>,
  { userId }: Actor,
  { schema, params, parent }: Given,
): Promise<{ params: ParameterValues; uploadId: string | null }> {
  const picture = pictureOf(schema);
  if (!picture) return { params, uploadId: null };
  if (parent) return { params: { ...params, [picture.name]: parent.content }, uploadId: null };
  const named = uploadContentInput.safeParse(params[picture.name]);
  return { params, uploadId: named.success ? (await findUpload(db, userId, named.data)).id : null };
}
