import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { requireAccess } from '@/lib/passes/check-access';
import { getIncludedRuns } from '@/lib/passes/included-runs';
import type { PassGrant } from '@/lib/passes/schema';

/** How somebody comes to a model: with a pass and what is left of its runs, and whether for free trial runs alone. */
export type Entry = { pass: { grant: PassGrant; left: number } | null; isTrialOnly: boolean };

type Door = { modelId: string; isRuled: boolean };

/**
 * Asks whether somebody may run a model. One that is open to everyone asks nothing, unless a pass is named for its runs. Throws `pass_required`,
 * `pass_expired`, `pass_moved`, `pass_frozen`.
 */
export async function enterModel(db: Database, actor: Actor, { modelId, isRuled }: Door, passId?: string | null): Promise<Entry> {
  if (!isRuled && !passId) return { pass: null, isTrialOnly: false };
  const { pass, needsRun } = await requireAccess(db, actor, modelId, { passId: passId ?? undefined });
  const isTrialOnly = needsRun === 'trial';
  if (!pass) return { pass: null, isTrialOnly };
  const { left, frozen } = await getIncludedRuns(db.pool, pass);
  if (frozen === 'refund') throw new AppError('pass_frozen');
  return { pass: { grant: pass, left }, isTrialOnly };
}
