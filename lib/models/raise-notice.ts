import type { Pool, PoolClient } from 'pg';
import { newId } from '@/lib/ids';

export type NoticeKind = 'endpoint_failing' | 'endpoint_paused' | 'endpoint_refused_secret' | 'model_substituted' | 'protection_alarm';
type Notice = { key: string; versionDigest: string; kind: NoticeKind; text: string };

/** Tells the creator of a version's model something, once for each key. `text` is shown as it is: no secret, no prompt, no address. */
export async function raiseNotice(sql: Pool | PoolClient, { key, versionDigest, kind, text }: Notice): Promise<void> {
  await sql.query(
    `INSERT INTO creator_notice (id, key, creator_id, model_id, kind, text)
     SELECT $1, $2, m.creator_id, m.id, $3, $4 FROM model_version v JOIN model m ON m.id = v.model_id WHERE v.digest = $5
     ON CONFLICT (key) DO NOTHING`,
    [newId(), key, kind, text, versionDigest],
  );
}
