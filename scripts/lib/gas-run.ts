import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forge } from './forge';
import { type Gas, readGas } from './gas';
import { rootDir } from './paths';

/** What our transactions cost when this was last written, by row. Committed. */
export const snapshotPath = join(rootDir, 'contracts/snapshots/gas.json');

export function gasSnapshot(): Gas {
  return JSON.parse(readFileSync(snapshotPath, 'utf8')) as Gas;
}

/** Our own gas: the test contracts named `Gas…`. Throws with forge's output where a bound does not hold. */
export function measureOurs(): Gas {
  const args = ['test', '--root', rootDir, '-vv', '--match-contract', '^Gas'];
  const tests = spawnSync(forge.path, args, { cwd: rootDir, env: forge.env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (tests.status !== 0) throw new Error(`forge ${args.join(' ')} failed\n${tests.stdout}${tests.stderr}`);
  return readGas(tests.stdout);
}
