import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherError } from './errors';

/** Asks a given chain for its id, and says what is missing when our contracts are not recorded for it. Null when all is well. */
export async function checkGivenChain(env: Record<string, string>): Promise<string | null> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });
  const answer = await fetch(env.RPC_URL ?? '', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(10_000),
  })
    .then((response) => response.json() as Promise<{ result?: string }>)
    .catch(() => ({ result: undefined }));
  const chainId = Number(answer.result);
  // The address may hold a key, so it is not repeated.
  if (!chainId) throw new LauncherError('RPC_URL does not answer as a chain. Check the address, or leave it out to run a local chain.');
  const dir = env.DEPLOYMENTS_DIR || 'contracts/deployments';
  if (existsSync(join(dir, `${chainId}.json`))) return null;
  return `No contracts are recorded for chain ${chainId} in ${dir}: buying credits and minting wait for them. Run: npm run deploy -- --chain ${chainId}`;
}
