import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { recoverSigner } from '../../lib/keys/signer';
import { receiptDigest } from '../../lib/protocol/receipt';
import { ask, CHAIN_ID, COLLECTION, freePort, platform, runRequest, VERSION } from './testing/serve';

const folder = mkdtempSync(join(tmpdir(), 'endpoint-process-'));
let child: ChildProcess | undefined;
afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The first run of the model takes a minute, which nobody waits for; the next ends at once. */
const MODEL = `import { existsSync, writeFileSync } from 'node:fs';
const mark = new URL('./started', import.meta.url);
export async function generate({ seed }) {
  if (!existsSync(mark)) {
    writeFileSync(mark, '');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }
  return { width: 1, height: 1, rgba: Uint8Array.of(Number(seed), 0, 0, 255) };
}`;

/** Starts the process as `npm start` does, and waits until it serves. */
async function start(): Promise<string> {
  const main = new URL('./main.ts', import.meta.url).pathname;
  child = spawn(process.execPath, ['--import', 'tsx', main, join(folder, 'endpoint.json')], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += chunk;
    const signer = /signed by (0x[0-9a-f]{40})/.exec(said)?.[1];
    if (signer) return signer;
  }
  throw new Error(`it ended, and had said: ${said}`);
}

it('a process that was killed in the middle of a run makes it at its next start, with the same key', { timeout: 90_000 }, async () => {
  const port = await freePort();
  const settings = { port, model: './model.mjs', platformKeys: [platform.jwk], versions: [VERSION], chainId: CHAIN_ID, answerWithinMs: 200 };
  writeFileSync(join(folder, 'endpoint.json'), JSON.stringify(settings));
  writeFileSync(join(folder, 'model.mjs'), MODEL);
  const url = `http://127.0.0.1:${port}`;
  const request = runRequest({ seed: '9' });

  const signer = await start();
  expect((await ask(url, { body: JSON.stringify(request) })).status).toBe(202);
  child?.kill('SIGKILL');
  await once(child as ChildProcess, 'exit');

  expect(await start()).toBe(signer);
  await expect.poll(async () => (await ask(url, { method: 'GET', path: `/runs/${request.run}` })).status, { timeout: 20_000 }).toBe(200);
  const { receipt, signature } = (await ask(url, { body: JSON.stringify(request) })).json;
  expect(recoverSigner(receiptDigest(CHAIN_ID, COLLECTION, { ...receipt, seed: 9n }), signature)).toBe(signer);
  expect(statSync(join(folder, 'version-key.hex')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, 'version-key.hex'), 'utf8')).toMatch(/^0x[0-9a-f]{64}\n$/);
});
