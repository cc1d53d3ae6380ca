import { storage } from '@/lib/storage/storage';
import { type Check, FINDINGS_SHOWN, type Finding, factFinding } from '../finding';

/** Works asked for in storage in one run: all of the last day, then a sample of the older ones. Each question is a request where storage is remote. */
const WORKS_LOOKED_FOR = 1000;
const SEALING_MINUTES = 60;

type WorkRow = { id: string; blobs: string[]; is_sealed: boolean; is_late: boolean };

/** A paid work has its file, sealed within the hour, and a claimed one its token's file: neither can be made again. */
export const checkFiles: Check = {
  name: 'files',
  run: async ({ snapshot }) => {
    const rows = await snapshot(async (sql) => {
      const { rows } = await sql.query<WorkRow>(
        `SELECT w.id, array_remove(ARRAY[w.output_blob, w.sealed_blob, v.sealed_blob], NULL) AS blobs, w.sealed_at IS NOT NULL AS is_sealed,
                w.captured_at < now() - make_interval(mins => $2) AS is_late
           FROM work w LEFT JOIN voucher v ON v.work_id = w.id WHERE w.refunded_at IS NULL
          ORDER BY w.sealed_at IS NULL DESC, w.captured_at > now() - interval '1 day' DESC, random() LIMIT $1`,
        [WORKS_LOOKED_FOR, SEALING_MINUTES + 2],
      );
      return rows;
    });
    const missing: Finding[] = [];
    for (const work of rows) {
      const lost = await firstMissing(work.blobs);
      if (lost) missing.push(lostFile(work.id, lost));
    }
    const unsealed = rows.filter(({ is_sealed }) => !is_sealed).map(unsealedWork);
    return { compared: `${rows.length} works looked for in storage`, findings: [...unsealed, ...missing].slice(0, FINDINGS_SHOWN) };
  },
};

async function firstMissing(blobs: string[]): Promise<string | null> {
  for (const blob of blobs) if (!(await storage().has(blob))) return blob;
  return null;
}

function lostFile(id: string, blob: string): Finding {
  const explanation = 'The work is paid and its file is gone. Bring it back from a backup of the storage: it is named by its sha-256.';
  return factFinding({ kind: 'file_missing', subject: `work ${id}`, explanation }, `file ${blob}`, 'no such file');
}

function unsealedWork({ id, is_late }: WorkRow): Finding {
  const explanation = is_late
    ? 'It should have been sealed or refunded after an hour. The loops do not run: see whether a worker is alive.'
    : 'It is being sealed; after an hour it would be refunded.';
  const severity = is_late ? 'difference' : 'in_flight';
  return factFinding({ kind: 'unsealed', subject: `work ${id}`, severity, explanation }, 'sealed', 'captured, not sealed yet');
}
