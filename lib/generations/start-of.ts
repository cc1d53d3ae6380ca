import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { inputParameter } from '@/lib/models/input-parameter';
import type { LoadedVersion } from '@/lib/models/load-version';
import type { ParameterValues } from '@/lib/models/schema';
import { findUpload } from '@/lib/uploads/queries';
import { uploadContentInput } from '@/lib/uploads/schema';
import type { Parent } from './load-parent';

type Given = { manifest: LoadedVersion['manifest']; params: ParameterValues; parent: Parent | null };

/**
 * What a run starts from, in its parameters: the parent, whatever else was given, or an upload of one's own. Nobody starts from a work or a picture by
 * knowing its digest. A picture may be a parent in name alone, of a model that takes none; a text goes in as words, or not at all. Throws
 * `upload_gone`, `invalid_input`.
 */
export async function startOf(
  db: Pick<Database, 'prisma'>,
  { userId }: Actor,
  { manifest: { kind, parameters }, params, parent }: Given,
): Promise<{ params: ParameterValues; uploadId: string | null }> {
  const input = inputParameter(parameters);
  const isTextual = parent?.kind === 'text' || kind === 'text';
  if (parent && (input ? input.takes !== parent.kind : isTextual)) {
    const takes = input ? `starts from ${input.takes === 'text' ? 'texts' : 'pictures'}` : 'starts from no other work';
    throw new AppError('invalid_input', { message: `This model ${takes}, and that work is a ${parent.kind === 'text' ? 'text' : 'picture'}.` });
  }
  if (!input) return { params, uploadId: null };
  if (parent || input.takes === 'text') return { params: { ...params, [input.name]: parent?.content ?? '' }, uploadId: null };
  const named = uploadContentInput.safeParse(params[input.name]);
  return { params, uploadId: named.success ? (await findUpload(db, userId, named.data)).id : null };
}
