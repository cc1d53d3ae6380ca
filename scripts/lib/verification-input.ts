import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Hex, keccak256 } from 'viem';
import type { PlannedContract } from '@/lib/chain/deploy/plan-deployment';
import { forge } from './forge';
import { rootDir } from './paths';

/** solc's standard JSON input for one contract, as block explorers take it. */
export type VerificationInput = { language: 'Solidity'; sources: Record<string, { content: string }>; settings: object };

type ForgeConfig = {
  remappings: string[];
  evm_version: string;
  optimizer: boolean;
  optimizer_runs: number;
  bytecode_hash: string;
  cbor_metadata: boolean;
};

/** What compiles `contracts/src/<contract>.sol`, under the names and settings that our own build gives: only the sources it needs. */
export function verificationInput(contract: string): VerificationInput {
  const config = JSON.parse(execFileSync(forge.path, ['config', '--json', '--root', rootDir], { env: forge.env, encoding: 'utf8' })) as ForgeConfig;
  return {
    language: 'Solidity',
    sources: collectSources(`contracts/src/${contract}.sol`, config.remappings),
    settings: {
      remappings: config.remappings,
      optimizer: { enabled: config.optimizer, runs: config.optimizer_runs },
      evmVersion: config.evm_version,
      metadata: { bytecodeHash: config.bytecode_hash, appendCBOR: config.cbor_metadata },
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
    },
  };
}

/** The inputs of planned contracts by code hash. Throws where the sources do not give the committed code. */
export function checkSources(plan: PlannedContract[]): Map<Hex, VerificationInput> {
  const inputs = new Map<Hex, VerificationInput>();
  for (const { contract, codeHash } of plan) {
    const input = verificationInput(contract);
    if (keccak256(compileInput(input, contract)) !== codeHash) {
      throw new Error(`contracts/src does not give the committed code of ${contract}. Run: npm run contracts:build`);
    }
    inputs.set(codeHash, input);
  }
  return inputs;
}

/** Keeps each as `<dir>/<codeHash>.json`. One that is there stays: it was checked when it was written. */
export function keepInputs(inputs: Map<Hex, VerificationInput>, dir: string): void {
  mkdirSync(dir, { recursive: true });
  for (const [codeHash, input] of inputs) {
    const path = join(dir, `${codeHash}.json`);
    if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(input, null, 2)}\n`);
  }
}

/** The creation code that an input gives for a contract. Throws where it does not compile. */
export function compileInput(input: VerificationInput, contract: string): Hex {
  const answer = execFileSync(join(rootDir, 'contracts/bin/solc'), ['--standard-json'], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  type Output = {
    contracts?: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>;
    errors?: { severity: string; formattedMessage: string }[];
  };
  const { contracts, errors = [] } = JSON.parse(answer) as Output;
  const code = contracts?.[`contracts/src/${contract}.sol`]?.[contract]?.evm.bytecode.object;
  if (code) return `0x${code}`;
  throw new Error(`${contract} does not compile: ${errors.find(({ severity }) => severity === 'error')?.formattedMessage ?? 'no such contract'}`);
}

/** A source and everything it imports, by the name the compiler knows it under: its path below the repository's root. */
function collectSources(entry: string, remappings: string[]): VerificationInput['sources'] {
  const sources: VerificationInput['sources'] = {};
  const waiting = [entry];
  for (let name = waiting.pop(); name; name = waiting.pop()) {
    if (sources[name]) continue;
    const content = readFileSync(join(rootDir, name), 'utf8');
    sources[name] = { content };
    for (const [, path = ''] of content.matchAll(/^\s*import\s[^"';]*["']([^"']+)["']/gm)) waiting.push(resolveImport(name, path, remappings));
  }
  return Object.fromEntries(Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function resolveImport(from: string, path: string, remappings: string[]): string {
  if (path.startsWith('.')) return posix.join(posix.dirname(from), path);
  const [prefix = '', target = ''] = remappings.map((remapping) => remapping.split('=')).find(([start = '']) => path.startsWith(start)) ?? [];
  return target + path.slice(prefix.length);
}
