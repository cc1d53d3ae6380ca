import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { forge } from './lib/forge';
import { rootDir } from './lib/paths';

// Compiles the contracts and writes what the app needs of them as committed TypeScript, so that nothing but a change of the contracts
// ever runs a Solidity compiler. `--check` writes nothing and fails where the committed files are not what the sources give.

type Artifact = { abi: object[]; bytecode: { object: `0x${string}` } };

/** Contracts the app talks to: an ABI in lib/chain/abi each. */
const withAbi = [
  ...['WorkCollection', 'WorkCollectionFactory', 'DropCollection', 'DropFactory', 'PassCollection', 'PassFactory'],
  ...['Till', 'PayoutSplit', 'PayoutSplitFactory', 'LocalUsdc', 'LocalEthUsdFeed'],
];
/** Contracts in lib/chain/deploy (deployables.ts, local-stand-ins.ts): their creation code is kept, too. */
const deployed = ['WorkCollectionFactory', 'DropFactory', 'PassFactory', 'Till', 'PayoutSplitFactory', 'LocalUsdc', 'LocalEthUsdFeed'];
const header = '// Written by scripts/build-contracts.ts from contracts/src. Do not edit.\n';

const constantOf = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

function artifactOf(name: string): Artifact {
  const path = join(rootDir, 'contracts', 'out', `${name}.sol`, `${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Artifact;
}

async function generate(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const name of withAbi) {
    const abi = JSON.stringify(artifactOf(name).abi, null, 2);
    const file = name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
    files.set(`lib/chain/abi/${file}.ts`, `${header}export const ${constantOf(name)}Abi = ${abi} as const;\n`);
  }
  const code = deployed.map((name) => `export const ${constantOf(name)}CreationCode =\n  '${artifactOf(name).bytecode.object}';\n`);
  // viem carries Multicall3's creation code but does not export the folder it lies in.
  const viem = pathToFileURL(join(rootDir, 'node_modules/viem/_esm/constants/contracts.js')).href;
  const { multicall3Bytecode } = (await import(viem)) as { multicall3Bytecode: string };
  code.push(`export const multicall3CreationCode =\n  '${multicall3Bytecode}';\n`);
  files.set('lib/chain/deploy/creation-code.generated.ts', header + code.join('\n'));
  return files;
}

async function main(): Promise<void> {
  const built = spawnSync(forge.path, ['build', '--root', rootDir], { cwd: rootDir, env: forge.env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (built.status !== 0) throw new Error(`forge build failed\n${built.stdout}${built.stderr}`);
  const check = process.argv.includes('--check');
  const stale: string[] = [];
  for (const [path, text] of await generate()) {
    const full = join(rootDir, path);
    if (existsSync(full) && readFileSync(full, 'utf8') === text) continue;
    stale.push(path);
    if (check) continue;
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  if (check && stale.length > 0) throw new Error(`not what the contracts give: ${stale.join(', ')}. Run: npm run contracts:build`);
  console.log(stale.length === 0 ? 'contracts: generated files are up to date' : `contracts: wrote ${stale.join(', ')}`);
}

main().catch((error: Error) => {
  console.error(`build-contracts: ${error.message}`);
  process.exitCode = 1;
});
