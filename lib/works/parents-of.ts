import 'server-only';
import { createHash } from 'node:crypto';
import { embeddedCredentials } from '@/lib/credentials/embedded-credentials';
import type { CredentialManifest, ParentFile } from '@/lib/credentials/manifest';
import type { Database } from '@/lib/db';
import { inputParameter } from '@/lib/models/input-parameter';
import type { LoadedVersion } from '@/lib/models/load-version';
import { storage } from '@/lib/storage/storage';
import { IS_PUBLIC, labelFor, titleOf } from './queries';

/** What a child carries of its parents' credentials: each generation adds some 5 to 8 KB, and a text its text. */
export const MAX_PARENT_BYTES = 64 * 1024;
/** No more generations than that fit into so many bytes. */
const MAX_GENERATIONS = 32;

type Run = { parentWorkId: string | null; paramsText: string };
type Parent = { receipt: string; content: string; label: string | null; name: string; seed: string; is_public: boolean; blob: string | null };

/**
 * What a work was made from, as its Content Credentials tell it. Only a parent that everybody may see brings its own credentials, as they hold
 * its whole record; of any other there is the receipt's digest, which the child's receipt has anyway, and of an upload its content.
 */
export async function parentsOf(db: Pick<Database, 'pool'>, run: Run, { manifest }: LoadedVersion): Promise<CredentialManifest['parents']> {
  const input = inputParameter(manifest.parameters);
  const changed = input?.takes === 'image' ? String((JSON.parse(run.paramsText) as Record<string, unknown>)[input.name] ?? '') : '';
  if (run.parentWorkId === null) {
    return changed ? [{ title: 'a picture of the collector’s own', commitment: `content ${changed}`, relationship: 'parentOf' }] : [];
  }
  const parent = await loadParent(db, run.parentWorkId);
  const relationship = changed === parent.content ? 'parentOf' : 'inputTo';
  const commitment = `receipt ${parent.receipt}`;
  if (!parent.is_public || !parent.blob) return [{ title: 'a work that is not public', commitment, relationship }];
  const png = await storage().get(parent.blob);
  const credentials = embeddedCredentials(png);
  if (credentials && !(await mayBeCarried(db, run.parentWorkId, credentials))) {
    const digest = createHash('sha256').update(credentials).digest('hex');
    // Without its title: this one may be taken back, too, and what is named by digests is carried on.
    return [{ title: 'a work with credentials of its own', commitment: `${commitment}, credentials sha-256 0x${digest}`, relationship }];
  }
  return [{ title: titleOf(parent), png, relationship } satisfies ParentFile];
}

/** With the file that everybody can have: the token's, once there is one. */
async function loadParent({ pool }: Pick<Database, 'pool'>, id: string): Promise<Parent> {
  const { rows } = await pool.query<Parent>(
    `SELECT w.receipt_digest AS receipt, w.content, ${labelFor('NULL')}, m.name, g.seed, ${IS_PUBLIC} AND w.refunded_at IS NULL AS is_public,
            CASE WHEN EXISTS (SELECT 1 FROM token t WHERE t.receipt_digest = w.receipt_digest) THEN coalesce(vo.sealed_blob, w.sealed_blob)
                 ELSE w.sealed_blob END AS blob
       FROM work w JOIN generation g ON g.id = w.id JOIN model_version v ON v.digest = w.version_digest JOIN model m ON m.id = v.model_id
       LEFT JOIN voucher vo ON vo.work_id = w.id WHERE w.id = $1`,
    [id],
  );
  if (!rows[0]) throw new Error(`the work ${id} that another was made from is gone`);
  return rows[0];
}

/**
 * Small enough, and without the record of anybody who took a work back since: what was public when the parent was sealed may not be now.
 * A record that is in there has its signature in it as plain text.
 */
async function mayBeCarried({ pool }: Pick<Database, 'pool'>, parentId: string, credentials: Uint8Array): Promise<boolean> {
  if (credentials.length > MAX_PARENT_BYTES) return false;
  const { rows } = await pool.query<{ signature: string }>(
    `WITH RECURSIVE line (id, depth) AS (
       SELECT $1::uuid, 0 UNION ALL
       SELECT g.parent_work_id, line.depth + 1 FROM line JOIN generation g ON g.id = line.id WHERE g.parent_work_id IS NOT NULL AND line.depth < $2)
     SELECT w.signature FROM line JOIN work w ON w.id = line.id WHERE NOT (${IS_PUBLIC} AND w.refunded_at IS NULL)`,
    [parentId, MAX_GENERATIONS],
  );
  const bytes = Buffer.from(credentials.buffer, credentials.byteOffset, credentials.length);
  return !rows.some(({ signature }) => bytes.includes(signature));
}
