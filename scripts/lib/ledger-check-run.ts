import { parseArgs } from 'node:util';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { standingFindings } from '@/lib/reconciliation/queries';
import { reconcileNow } from '@/lib/reconciliation/reconcile-now';
import { ledgerCheckLines } from './ledger-check-lines';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const db = openDatabase(env.DATABASE_URL, 4);
try {
  const run = await reconcileNow(db);
  const findings = await standingFindings(db);
  if (values.json) console.log(JSON.stringify({ run, findings }, null, 2));
  else for (const line of ledgerCheckLines(run, findings)) console.log(line);
  const differs = findings.some(({ severity }) => severity === 'difference');
  const incomplete = run.state !== 'done' || run.outcomes.some(({ state }) => state === 'failed');
  process.exitCode = differs ? 1 : incomplete ? 2 : 0;
} finally {
  await db.close();
}
