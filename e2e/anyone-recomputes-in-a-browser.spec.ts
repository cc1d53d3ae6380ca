import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';

async function load(page: Page, contents: string, globalName: string): Promise<void> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName,
    target: 'es2022',
    logLevel: 'silent',
  });
  // An empty page of our own origin: browsers hash in secure contexts only.
  await page.route('**/empty', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto('/empty');
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
}

test('a browser computes every digest, signature, CID and token id of the committed vectors', async ({ page }) => {
  await load(page, `export { protocolVectors } from './scripts/lib/protocol-vectors';`, 'protocol');
  const computed = await page.evaluate('protocol.protocolVectors().then((vectors) => JSON.stringify(vectors))');
  expect(JSON.parse(computed as string)).toEqual(JSON.parse(readFileSync('contracts/test/vectors/protocol.json', 'utf8')));
});

test('a browser renders the same pixels as Node for the same seed and settings', async ({ page }) => {
  const vectors: { model: string; width: number; height: number; content: string }[] = JSON.parse(
    readFileSync('lib/inference/house/vectors.json', 'utf8'),
  );
  await load(
    page,
    `import { renderAt } from './lib/inference/house/render'; import { rasterContent } from './lib/protocol/content';
     export const content = (vector) => rasterContent(renderAt(vector, vector, { kernel: 'wasm' }));`,
    'house',
  );
  const contents = await page.evaluate(`(${JSON.stringify(vectors)}).map(house.content)`);
  expect(contents).toEqual(vectors.map((vector) => vector.content));
});
