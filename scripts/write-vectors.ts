import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rootDir } from './lib/paths';
import { protocolVectors } from './lib/protocol-vectors';

// Writes contracts/test/vectors/protocol.json, which forge's tests and vitest both read. `--check` writes nothing and fails on a difference:
// a changed vector is a changed protocol.

const path = join(rootDir, 'contracts/test/vectors/protocol.json');

async function main(): Promise<void> {
  const text = `${JSON.stringify(await protocolVectors(), null, 2)}\n`;
  if (process.argv.includes('--check')) {
    if (readFileSync(path, 'utf8') !== text) throw new Error('contracts/test/vectors/protocol.json is not what the protocol gives');
    console.log('vectors: up to date');
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`vectors: wrote ${path}`);
}

main().catch((error: Error) => {
  console.error(`write-vectors: ${error.message}`);
  process.exitCode = 1;
});
