import type { Database } from '@/lib/db';
import type { Check, CheckContext, Finding } from '../finding';
import { readSnapshot } from '../snapshot';

/** Makes one check by itself. Throws where it is off. */
export async function runOne(db: Database, check: Check): Promise<Finding[]> {
  const context: CheckContext = { db, snapshot: (read) => readSnapshot(db.pool, read) };
  const result = await check.run(context);
  if ('off' in result) throw new Error(`${check.name} is off: ${result.off}`);
  return result.findings;
}
