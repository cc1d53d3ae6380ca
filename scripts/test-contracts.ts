import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { forge } from './lib/forge';
import { gasFaults, readGas } from './lib/gas';
import { gasSnapshot } from './lib/gas-run';
import { rootDir } from './lib/paths';

// Runs the contract tests; extra arguments go to forge (`-- --match-test Cap`, say). FOUNDRY_PROFILE=long takes the long fuzz profile.
// What the tests measured of gas is compared with contracts/snapshots/gas.json: more or less than there is one failure each.
// Ends with one line, and writes the counts to TEST_COUNTS_FILE where that is set.

const extra = process.argv.slice(2);
// The figures are in the logs, which forge prints from -vv on.
const verbosity = extra.some((argument) => /^-v+$/.test(argument)) ? [] : ['-vv'];
const tests = spawnSync(forge.path, ['test', '--root', rootDir, ...verbosity, ...extra], {
  cwd: rootDir,
  env: forge.env,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
  maxBuffer: 256 * 1024 * 1024,
});
process.stdout.write(tests.stdout);
const total = /: (\d+) tests passed, (\d+) failed/.exec(tests.stdout);
// No totals: it did not compile, or forge did not start. That is one failure.
const counts = total ? { passed: Number(total[1]), failed: Number(total[2]) } : { passed: 0, failed: 1 };
if (tests.status !== 0 && counts.failed === 0) counts.failed = 1;
// Only where the tests passed: a measurement that a bound stopped is reported by its test.
if (counts.failed === 0) {
  for (const fault of gasFaults(readGas(tests.stdout), gasSnapshot(), extra.length === 0)) {
    console.log(fault);
    counts.failed += 1;
  }
}
if (process.env.TEST_COUNTS_FILE) writeFileSync(process.env.TEST_COUNTS_FILE, JSON.stringify(counts));
console.log(`contracts: ${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
