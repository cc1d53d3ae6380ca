/** First steps of every command, in plain JavaScript: they run on a bare checkout, with an old Node too. */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const rootDir = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const installBytes = 2.5e9;

/** Checks Node, installs the packages when they are missing or of another lockfile, and goes on in TypeScript. */
export async function bootstrap(script) {
  try {
    checkNode();
    ensureTemporaryFolder();
    if (!isInstalled()) await install();
    const { register } = await import('tsx/esm/api');
    register({ tsconfig: join(rootDir, 'tsconfig.json') });
  } catch (error) {
    const isPermission = error?.code === 'EACCES' || error?.code === 'EROFS';
    console.error(error instanceof Error ? error.message : error);
    if (isPermission)
      console.error('A permission is missing. Run as the owner of this folder, or choose one of your own: DATA_DIR=~/intaglio-data npm start');
    process.exit(1);
  }
  await import(pathToFileURL(join(rootDir, 'scripts', script)).href);
}

function checkNode() {
  const wanted = readJson('package.json').engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Error(
    `Intaglio needs Node ${wanted} or later; this is ${process.version}. Get one from https://nodejs.org, or: nvm install ${wantedMajor}`,
  );
}

/** The TypeScript loader keeps its cache in the temporary folder; where that is closed to us, one of our own serves as it. */
function ensureTemporaryFolder() {
  try {
    accessSync(tmpdir(), constants.W_OK | constants.X_OK);
  } catch {
    const own = resolve(rootDir, process.env.DATA_DIR || '.data', 'tmp');
    mkdirSync(own, { recursive: true });
    process.env.TMPDIR = own;
  }
}

const readJson = (path) => JSON.parse(readFileSync(join(rootDir, path), 'utf8'));

/** npm writes down what it installed, last of all; every package that the lockfile insists on must be there in its version. */
function isInstalled() {
  if (!existsSync(join(rootDir, 'node_modules/.package-lock.json'))) return false;
  const installed = readJson('node_modules/.package-lock.json').packages;
  return Object.entries(readJson('package-lock.json').packages).every(
    ([path, wanted]) => path === '' || wanted.optional || wanted.devOptional || installed[path]?.version === wanted.version,
  );
}

async function install() {
  const { bavail, bsize } = statfsSync(rootDir);
  if (bavail * bsize < installBytes) {
    throw new Error(
      `Only ${Math.floor((bavail * bsize) / 1e6)} MB are free on the disk of ${rootDir}; the packages need 2.5 GB. Make room and start again.`,
    );
  }
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(0)} s`;
  console.log('Installing the packages of package-lock.json (about 1 GB, a minute or two) …');
  const heartbeat = setInterval(() => console.log(`  still installing, ${seconds()}`), 10_000);
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, [process.env.npm_execpath, ...args]] : ['npm', args];
  const child = spawn(...npm, { cwd: rootDir, stdio: 'inherit' });
  let interrupted = false;
  const stopOnSignal = () => {
    interrupted = true; // the terminal's Ctrl-C reaches npm too; we leave when it has
  };
  process.on('SIGINT', stopOnSignal);
  const code = await new Promise((done) =>
    child.once('error', (error) => done(error.message)).once('exit', (exitCode, signal) => done(signal ?? exitCode)),
  );
  process.off('SIGINT', stopOnSignal);
  clearInterval(heartbeat);
  if (interrupted) process.exit(130);
  if (code !== 0) throw new Error(`npm ci failed (${code}). Check the network and the lines above, then start again.`);
  console.log(`  installed in ${seconds()}`);
}
