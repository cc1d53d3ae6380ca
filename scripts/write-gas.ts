import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { measureOurs, snapshotPath } from './lib/gas-run';

// Writes contracts/snapshots/gas.json, which `npm run contracts:test` compares with. The commit says why a row changed.

try {
  const rows = Object.entries(measureOurs()).sort(([a], [b]) => (a < b ? -1 : 1));
  mkdirSync(dirname(snapshotPath), { recursive: true });
  writeFileSync(snapshotPath, `${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`);
  console.log(`contracts: wrote ${rows.length} gas rows`);
} catch (error) {
  console.error(`write-gas: ${(error as Error).message}`);
  process.exitCode = 1;
}
