import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { ownModel } from './own';
import { recordStep } from './record-step';
import type { alarmRef } from './schema';

/** Puts an alarm aside: the same is not raised again for a week. */
export async function dismissAlarm(db: Database, actor: Actor, { model, id }: z.output<typeof alarmRef>): Promise<void> {
  const { id: modelId } = await ownModel(db, actor, model);
  await inTransaction(db.pool, async (tx) => {
    const { rows } = await tx.query<{ kind: string; is_open: boolean }>(
      `SELECT kind, dismissed_at IS NULL AS is_open FROM protection_alarm WHERE id = $1 AND model_id = $2 FOR UPDATE`,
      [id, modelId],
    );
    const [alarm] = rows;
    if (!alarm) throw new AppError('not_found');
    if (!alarm.is_open) return;
    await tx.query('UPDATE protection_alarm SET dismissed_at = now() WHERE id = $1', [id]);
    await recordStep(tx, actor, { modelId, kind: 'dismissed', details: { alarm: id, kind: alarm.kind } });
  });
}
