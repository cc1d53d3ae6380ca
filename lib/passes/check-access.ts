import 'server-only';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Access, PassGrant } from './schema';

/** Who asks: an address that was proven, and its user. */
export type AccessSeeker = { address: string; userId: string };

/**
 * Whether somebody may run a model right now, and with which pass. Who holds what is read at this moment: from the index where that is as
 * new as the chain, else from the chain. With `passId` that pass has to be theirs and open the model; without, the best they hold is used.
 * The creator always may. Throws `not_found` (no such model), `chain_unavailable`.
 */
export async function checkAccess(
  { prisma }: Database,
  { userId }: AccessSeeker,
  modelId: string,
  _options: { passId?: string } = {},
): Promise<Access> {
  const model = await prisma.model.findUnique({ where: { id: modelId }, select: { creatorId: true, access: true } });
  if (!model) throw new AppError('not_found');
  if (model.creatorId === userId || !model.access) return { allowed: true, pass: null, needsRun: 'none' };
  return { allowed: false, code: 'pass_required', missing: [] };
}

/** The same for callers who go on only if allowed. Throws `pass_required`, `pass_expired`, `pass_moved` with `details.missing`. */
export async function requireAccess(
  db: Database,
  who: AccessSeeker,
  modelId: string,
  options: { passId?: string } = {},
): Promise<{ pass: PassGrant | null; needsRun: 'none' | 'trial' }> {
  const access = await checkAccess(db, who, modelId, options);
  if (!access.allowed) throw new AppError(access.code, { details: { missing: access.missing } });
  return access;
}
