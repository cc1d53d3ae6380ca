import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { forge } from '../lib/forge';
import { type Gas, readGas } from '../lib/gas';
import { rootDir } from '../lib/paths';

const benchDir = join(rootDir, 'contracts/bench');

/**
 * What one compiler and one OpenZeppelin 5 beside OpenZeppelin 4 need: looser pragmas, and other import prefixes. Nothing that runs is
 * changed. Only in the scratch copy.
 */
function loosened(source: string, packagePath: string): string {
  const loose = source
    .replace(/pragma solidity =?0\.8\.\d+;/g, 'pragma solidity ^0.8.0;')
    .replaceAll('@zoralabs/protocol-rewards/dist/contracts/', '@zoralabs/protocol-rewards/src/');
  return packagePath.startsWith('@openzeppelin/') ? loose : loose.replaceAll(/(["'])@openzeppelin\/contracts\//g, '$1oz4/');
}

function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): string {
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed\n${done.error ?? ''}${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** The scratch folder of this lock file, with the packages installed and loosened. Made once. */
function install(): string {
  const lock = readFileSync(join(benchDir, 'package-lock.json'));
  const self = readFileSync(import.meta.filename);
  const key = createHash('sha256').update(lock).update(self).digest('hex').slice(0, 16);
  const dir = join(tmpdir(), `intaglio-gas-peers-${process.getuid?.() ?? 0}-${key}`);
  const ready = join(dir, 'ready');
  if (existsSync(ready)) return dir;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  cpSync(benchDir, dir, { recursive: true });
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], dir, process.env);
  const packages = join(dir, 'node_modules');
  for (const entry of readdirSync(packages, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.sol')) continue;
    const file = join(entry.parentPath, entry.name);
    const source = readFileSync(file, 'utf8');
    const changed = loosened(source, relative(packages, file));
    if (changed === source) continue;
    chmodSync(file, 0o600);
    writeFileSync(file, changed);
  }
  writeFileSync(ready, '');
  return dir;
}

/** Gas of the other contracts, by row (`peer.thirdweb.fresh`). The first run installs 120 MB of packages and compiles for a minute. */
export function measurePeers(): Gas {
  const dir = install();
  cpSync(join(benchDir, 'foundry.toml'), join(dir, 'foundry.toml'));
  rmSync(join(dir, 'test'), { recursive: true, force: true });
  cpSync(join(benchDir, 'test'), join(dir, 'test'), { recursive: true });
  cpSync(join(rootDir, 'contracts/test/Base.sol'), join(dir, 'test/Base.sol'));
  const env = { ...forge.env, FOUNDRY_CONFIG: join(dir, 'foundry.toml'), FOUNDRY_SOLC: join(rootDir, 'contracts/bin/solc') };
  return readGas(run(forge.path, ['test', '--root', dir, '-vv'], dir, env));
}
