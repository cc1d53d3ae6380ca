import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forge } from './lib/forge';
import { readLcov } from './lib/lcov';
import { rootDir } from './lib/paths';

// Every line and branch of contracts/src has to be reached by a test; prints the ones that are not. Without the gas tests (the code is
// compiled unoptimised here, so their bounds do not hold) and in one transaction a test, which is quicker. What forge 1.7 does not
// count as branches: ternaries, `&&`, `||`, loops and a `switch` in assembly (an `if` there counts, as one branch).

const scratch = mkdtempSync(join(tmpdir(), 'intaglio-coverage-'));
const report = join(scratch, 'lcov.info');
try {
  const args = ['coverage', '--root', rootDir, '--no-match-contract', '^Gas', '--report', 'lcov', '--report-file', report];
  const env = { ...forge.env, FOUNDRY_ISOLATE: 'false' };
  const run = spawnSync(forge.path, args, { cwd: rootDir, env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (run.status !== 0) throw new Error(`forge coverage failed\n${run.stdout}${run.stderr}`);
  const { lines, branches, uncovered } = readLcov(readFileSync(report, 'utf8'), 'contracts/src/');
  if (lines === 0 || branches === 0) throw new Error('forge coverage reported nothing of contracts/src');
  for (const { file, line, what } of uncovered) console.log(`${file}:${line} ${what} not covered`);
  console.log(`contracts: ${lines} lines and ${branches} branches, ${uncovered.length} not covered`);
  process.exitCode = uncovered.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`cover-contracts: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
