import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const source = join(import.meta.dirname, '..');

export type Ran = { code: number; stdout: string; stderr: string };

/**
 * Builds the package with the factories of a folder, packs it, and installs the tarball in an empty folder far from this checkout. `cli` runs what was
 * installed, in that folder and without any of our settings.
 */
export async function installPacked(deployments: string, roots?: string) {
  const root = mkdtempSync(join(tmpdir(), 'intaglio-verify-'));
  const [packed, alone] = [join(root, 'packed'), join(root, 'alone')];
  for (const folder of [packed, alone]) mkdirSync(folder);
  for (const name of ['package.json', 'README.md', 'LICENSE']) cpSync(join(source, name), join(packed, name));
  const build = ['--import', 'tsx', join(source, 'build.ts'), '--deployments', deployments, '--outdir', join(packed, 'dist')];
  await run(process.execPath, roots === undefined ? build : [...build, '--roots', roots]);
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json'], { cwd: packed });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(packed, filename)], { cwd: alone });
  const env = { PATH: dirname(process.execPath), HOME: alone, NODE_ENV: 'production' as const };
  const cli = async (...args: string[]): Promise<Ran> => {
    try {
      const done = await run(join(alone, 'node_modules/.bin/intaglio-verify'), args, { cwd: alone, env, maxBuffer: 64 * 1024 * 1024 });
      return { code: 0, ...done };
    } catch (error) {
      const { code, stdout, stderr } = error as Ran;
      return { code, stdout, stderr };
    }
  };
  return { alone, cli, files: files.map(({ path }) => path).toSorted(), close: () => rmSync(root, { recursive: true, force: true }) };
}
