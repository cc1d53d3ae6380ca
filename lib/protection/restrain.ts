import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { ownModel, runnerOf } from './own';
import { recordStep } from './record-step';
import type { restrainInput } from './schema';

/** Slows or stops a wallet's runs of one model, or lets it go on. Runs that were started end as usual, and nothing that was made is taken. */
export async function restrain(db: Database, actor: Actor, input: z.output<typeof restrainInput>): Promise<void> {
  const model = await ownModel(db, actor, input.model);
  const user = await runnerOf(db, model, input.address);
  if (user.id === actor.userId) throw new AppError('invalid_input', { message: 'This is your own wallet.' });
  const minSeconds = input.kind === 'slowed' ? input.minSeconds : null;
  await inTransaction(db.pool, async (tx) => {
    await recordStep(tx, actor, { modelId: model.id, userId: user.id, kind: input.kind, details: minSeconds ? { minSeconds } : {} });
    if (input.kind === 'lifted') {
      await tx.query('DELETE FROM protection_restraint WHERE model_id = $1 AND user_id = $2', [model.id, user.id]);
      return;
    }
    await tx.query(
      `INSERT INTO protection_restraint (model_id, user_id, kind, min_seconds) VALUES ($1, $2, $3::protection_restraint_kind, $4)
       ON CONFLICT (model_id, user_id) DO UPDATE SET kind = excluded.kind, min_seconds = excluded.min_seconds, next_at = NULL, since = now()`,
      [model.id, user.id, input.kind, minSeconds],
    );
  });
}
