import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { ownModel } from './own';
import { recordStep } from './record-step';
import type { setBudgetInput } from './schema';

/** How many runs each wallet, each pass or everybody together may start; without numbers, as many as they like. Holds from the next start on. */
export async function setBudget(db: Database, actor: Actor, { model, subject, perHour, perDay }: z.output<typeof setBudgetInput>): Promise<void> {
  const { id } = await ownModel(db, actor, model);
  await inTransaction(db.pool, async (tx) => {
    await recordStep(tx, actor, { modelId: id, kind: 'budget', details: { subject, perHour, perDay } });
    if (perHour !== null || perDay !== null) {
      await tx.query(
        `INSERT INTO protection_budget (model_id, subject, per_hour, per_day) VALUES ($1, $2::protection_subject, $3, $4)
         ON CONFLICT (model_id, subject) DO UPDATE SET per_hour = $3, per_day = $4`,
        [id, subject, perHour, perDay],
      );
      return;
    }
    // With what was counted: a budget that is set again later begins anew, and so does what goes back to it.
    for (const table of ['protection_budget', 'protection_count', 'protection_return'])
      await tx.query(`DELETE FROM ${table} WHERE model_id = $1 AND subject = $2::protection_subject`, [id, subject]);
  });
}
