/*
 * Compiles the AssemblyScript kernel and commits it as base64, so that neither the app's build nor a browser
 * needs the compiler. `--check` compiles and compares without writing: CI proves that source and bytes agree.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const HOUSE = new URL('../lib/inference/house/', import.meta.url);
const ENTRY = fileURLToPath(new URL('kernel/assembly/index.ts', HOUSE));
const TARGET = new URL('kernel/wasm-bytes.ts', HOUSE);
const FLAGS = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--outFile', 'kernel.wasm'];

async function compile(): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main([ENTRY, '--baseDir', '/', ...FLAGS], {
    readFile: (name, base) => readFile(`${base}/${name}`, 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) bytes = contents;
    },
    listFiles: () => [],
  });
  const said = stderr.toString();
  if (said) process.stderr.write(said);
  if (error || !bytes) throw error ?? new Error('the compiler wrote no module');
  return bytes;
}

function moduleText(bytes: Uint8Array): string {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const base64 = Buffer.from(bytes).toString('base64');
  return [
    '// Written by scripts/build-kernel.ts from kernel/assembly; do not edit.',
    `export const KERNEL_SHA256 = '${digest}';`,
    `export const KERNEL_BASE64 =\n  '${base64}';`,
    '',
  ].join('\n');
}

const text = moduleText(await compile());
if (process.argv.includes('--check')) {
  const committed = await readFile(TARGET, 'utf8');
  if (committed !== text) {
    console.error('kernel/wasm-bytes.ts does not match its source: run npx tsx scripts/build-kernel.ts');
    process.exit(1);
  }
  console.log('kernel: committed bytes match the source');
} else {
  await writeFile(TARGET, text);
  console.log('kernel: written');
}
