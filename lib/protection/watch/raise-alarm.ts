import type { PoolClient } from 'pg';
import { newId } from '@/lib/ids';
import { raiseNotice } from '@/lib/models/raise-notice';
import type { Evidence } from '../schema';

type Alarm = Evidence & { modelId: string; versionDigest: string; subject: string; userIds: string[] };

/** After a creator has put an alarm aside, the same is not raised again for so long. */
const QUIET_DAYS = 7;
const words: Record<Evidence['kind'], string> = {
  sweep: 'Somebody’s runs go through the settings of your model by a plan.',
  seeds: 'Somebody asks your model for almost the same again and again, with only the seed changed.',
  linked: 'Several wallets that run your model seem to belong together.',
  canary: 'Somebody came with one of your canaries.',
};

/** Raises an alarm, or brings the one that is open up to date. Its creator is told once. */
export async function raiseAlarm(tx: PoolClient, { modelId, versionDigest, kind, subject, userIds, evidence }: Alarm): Promise<void> {
  const { rows } = await tx.query<{ id: string; is_new: boolean }>(
    `INSERT INTO protection_alarm AS a (id, model_id, kind, subject, user_ids, evidence)
     SELECT $1, $2, $3::protection_alarm_kind, $4, $5, $6 WHERE NOT EXISTS (
       SELECT FROM protection_alarm d WHERE d.model_id = $2 AND d.kind = $3::protection_alarm_kind AND d.subject = $4 AND d.dismissed_at > now() - make_interval(days => $7))
     ON CONFLICT (model_id, kind, subject) WHERE dismissed_at IS NULL DO UPDATE SET user_ids = excluded.user_ids, evidence = excluded.evidence, last_at = now()
     RETURNING a.id, a.id = $1 AS is_new`,
    [newId(), modelId, kind, subject, userIds, JSON.stringify(evidence), QUIET_DAYS],
  );
  const [row] = rows;
  if (!row?.is_new) return;
  const text = `${words[kind]} The protection page of the model shows what was seen; it may have a harmless reason.`;
  await raiseNotice(tx, { key: `protection ${row.id}`, versionDigest, kind: 'protection_alarm', text });
}
