import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, vi } from 'vitest';
import { startTestChain } from './local-chain';

// Imported first by a test file, for settings are read once: a chain of the file's own, at which the app's own client, too, arrives.
const folder = mkdtempSync(join(tmpdir(), 'intaglio-chain-test-'));
export const testChain = await startTestChain();
const settings = {
  RPC_URL: testChain.url,
  DEPLOYMENTS_DIR: join(folder, 'deployments'),
  STORAGE_DIR: join(folder, 'storage'),
  EMBEDDED_CHAIN: '1',
  CONFIRMATIONS: '3',
  ETH_USD_CENTS: '250000',
};
for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
export const deploymentsDir = join(folder, 'deployments');
afterAll(async () => {
  await testChain.stop();
  rmSync(folder, { recursive: true, force: true });
});
