import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { batchVectors } from './lib/batch-vectors';
import { rootDir } from './lib/paths';
import { protocolVectors } from './lib/protocol-vectors';

// Writes contracts/test/vectors/*.json, which forge's tests and vitest both read. `--check` writes nothing and fails on a difference:
// a changed vector is a changed protocol.

const files = [
  { path: 'contracts/test/vectors/protocol.json', make: protocolVectors },
  { path: 'contracts/test/vectors/batch.json', make: batchVectors },
];

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  for (const { path, make } of files) {
    const full = join(rootDir, path);
    const text = `${JSON.stringify(await make(), null, 2)}\n`;
    if (check && readFileSync(full, 'utf8') !== text) throw new Error(`${path} is not what the protocol gives`);
    if (check) continue;
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    console.log(`vectors: wrote ${path}`);
  }
  if (check) console.log('vectors: up to date');
}

main().catch((error: Error) => {
  console.error(`write-vectors: ${error.message}`);
  process.exitCode = 1;
});
