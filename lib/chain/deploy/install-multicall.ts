import type { Hex, PublicClient } from 'viem';
import { multicall3CreationCode } from './creation-code.generated';
import { hasCode } from './deterministic';

/** Multicall3's address on every chain that has it. */
export const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11';

/**
 * Puts Multicall3 at its canonical address on a local anvil: the creation code is set there and called once, so that the constructor runs
 * at the address itself, and what it returns becomes the code. Does nothing where it already stands.
 */
export async function installMulticall(publicClient: PublicClient): Promise<void> {
  if (await hasCode(publicClient, MULTICALL3)) return;
  await setCode(publicClient, multicall3CreationCode as Hex);
  const { data } = await publicClient.call({ to: MULTICALL3, gas: 30_000_000n, batch: false });
  if (!data) throw new Error('Multicall3’s constructor returned nothing');
  await setCode(publicClient, data);
}

async function setCode(publicClient: PublicClient, code: Hex): Promise<void> {
  await publicClient.request<{ Method: 'anvil_setCode'; Parameters: [Hex, Hex]; ReturnType: null }>({
    method: 'anvil_setCode',
    params: [MULTICALL3, code],
  });
}
