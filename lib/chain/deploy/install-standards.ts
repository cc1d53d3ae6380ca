import { concat, encodeAbiParameters, type Hex, type PublicClient } from 'viem';
import { multicall3CreationCode } from './creation-code.generated';
import { hasCode } from './deterministic';
import { conduitControllerCreationCode, seaportCreationCode } from './seaport-code.generated';

/** Contracts of others, at the address each has on every public chain. */
export const STANDARDS = {
  multicall3: '0xcA11bde05977b3631167028862bE2a173976CA11',
  conduitController: '0x00000000F9490004C11Cef243f5400493c00Ad63',
  seaport: '0x0000000000000068F116a894984e2DB1123eB395',
} as const;

/** Those of the standards that the chain has. */
export async function findStandards(publicClient: PublicClient): Promise<Record<string, Hex>> {
  const entries = Object.entries(STANDARDS);
  const found = await Promise.all(entries.map(([, address]) => hasCode(publicClient, address)));
  return Object.fromEntries(entries.filter((_, i) => found[i]));
}

/** Puts Multicall3, and Seaport 1.6 with its conduit controller, on a local anvil. What stands is left alone. */
export async function installStandards(publicClient: PublicClient): Promise<void> {
  const { multicall3, conduitController, seaport } = STANDARDS;
  await installAt(publicClient, multicall3, multicall3CreationCode as Hex);
  await installAt(publicClient, conduitController, conduitControllerCreationCode as Hex);
  // Its constructor asks the controller, which therefore comes first.
  await installAt(publicClient, seaport, concat([seaportCreationCode as Hex, encodeAbiParameters([{ type: 'address' }], [conduitController])]));
}

/**
 * The creation code is set at the address and called once: so its constructor runs there, on this chain, and what it returns is the code with the
 * right immutables (Seaport's EIP-712 domain). Code compiled or read elsewhere would carry that of another chain.
 */
async function installAt(publicClient: PublicClient, address: Hex, initCode: Hex): Promise<void> {
  if (await hasCode(publicClient, address)) return;
  await setCode(publicClient, address, initCode);
  const { data } = await publicClient.call({ to: address, gas: 30_000_000n, batch: false });
  if (!data) throw new Error(`the constructor of ${address} returned nothing`);
  await setCode(publicClient, address, data);
}

async function setCode(publicClient: PublicClient, address: Hex, code: Hex): Promise<void> {
  await publicClient.request<{ Method: 'anvil_setCode'; Parameters: [Hex, Hex]; ReturnType: null }>({
    method: 'anvil_setCode',
    params: [address, code],
  });
}
