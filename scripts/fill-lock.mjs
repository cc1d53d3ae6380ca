/**
 * Adds the entries that `npm ci` misses. A registry mirror may lack optional packages of other platforms; `npm install` then
 * writes a lockfile without them, and `npm ci` refuses that lockfile. The version is what the depending package asks for; an
 * entry without an integrity hash is fetched and accepted where the registry has it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(path, 'utf8'));
const platformName =
  /(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|aix|win32|wasm32)-?(arm64|x64|amd64|arm|ia32|riscv64|ppc64le?|s390x|loong64|mips64el|wasi)?-?(gnueabihf|gnueabi|musleabihf|gnu|musl|msvc|eabi)?$/;
const exactVersion = /^\d+\.\d+\.\d+[^ ]*$/;

/** Platform fields of a package, read off its name as its publisher writes it; undefined when the name carries none. */
function platformOf(name) {
  const match = platformName.exec(name);
  if (!match) return undefined;
  const [, os, arch, abi] = match;
  if (os === 'wasm32') return { cpu: ['wasm32'] };
  const libc = abi?.startsWith('musl') ? ['musl'] : abi?.startsWith('gnu') && os === 'linux' ? ['glibc'] : undefined;
  return { ...(arch ? { cpu: [arch === 'amd64' ? 'x64' : arch] } : {}), os: [os], ...(libc ? { libc } : {}) };
}

/** Whether `name`, required by the package at `from`, is in the lockfile where Node would look for it. */
function isLocked(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (lock.packages[folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`]) return true;
    if (!folder) return false;
  }
}

const added = [];
for (const [from, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(from, name)) continue;
    const platform = platformOf(name);
    if (!platform || !exactVersion.test(version)) {
      console.warn(`left out: ${name}@${version} of ${from || 'the project'}`);
      continue;
    }
    const { cpu, ...rest } = platform;
    lock.packages[`node_modules/${name}`] = { version, ...(cpu ? { cpu } : {}), ...(entry.dev ? { dev: true } : {}), optional: true, ...rest };
    added.push(`${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lockfile is complete.' : `Added ${added.length}: ${added.join(', ')}`);
