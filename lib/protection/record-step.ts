import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { newId } from '@/lib/ids';
import type { ProtectionStepKind } from '@/prisma/client/enums';

type Step = { id?: string; modelId: string; userId?: string | null; kind: ProtectionStepKind; details?: Record<string, unknown> };

/** Writes down what a creator did, in the transaction that does it. False where this id was written before. */
export async function recordStep(tx: PoolClient, actor: Actor, { id = newId(), modelId, userId = null, kind, details = {} }: Step): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO protection_step (id, model_id, user_id, by_id, kind, details) VALUES ($1, $2, $3, $4, $5::protection_step_kind, $6) ON CONFLICT (id) DO NOTHING`,
    [id, modelId, userId, actor.userId, kind, JSON.stringify(details)],
  );
  return rowCount === 1;
}
