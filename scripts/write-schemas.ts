import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { openingFileSchema } from '@/lib/protocol/opening-file';
import { receiptFileSchema } from '@/lib/protocol/receipt-file';
import { rootDir } from './lib/paths';
import { receiptVectors } from './lib/receipt-vectors';

// Writes public/schemas: the JSON Schemas of the files that people take from here, and test vectors for whoever reads them. `--check` writes
// nothing and fails on a difference: a version that was published does not change, another form is another version.

const schemaOf = (name: string, title: string, schema: z.ZodType) => {
  const { $schema, ...rest } = z.toJSONSchema(schema);
  return { $schema, $id: `urn:intaglio:schema:${name}`, title, ...rest };
};

const files: Record<string, () => unknown> = {
  'receipt-v1.json': () => schemaOf('receipt-v1', 'Receipt of a work of Intaglio', receiptFileSchema),
  'opening-v1.json': () => schemaOf('opening-v1', 'Opening of the prompt of a work of Intaglio', openingFileSchema),
  'receipt-v1.vectors.json': receiptVectors,
};

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  for (const [name, make] of Object.entries(files)) {
    const path = join(rootDir, 'public/schemas', name);
    const text = `${JSON.stringify(await make(), null, 2)}\n`;
    if (check && readFileSync(path, 'utf8') !== text) throw new Error(`public/schemas/${name} is not what the protocol gives`);
    if (check) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`schemas: wrote public/schemas/${name}`);
  }
  if (check) console.log('schemas: up to date');
}

main().catch((error: Error) => {
  console.error(`write-schemas: ${error.message}`);
  process.exitCode = 1;
});
