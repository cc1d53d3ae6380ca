import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getAddress, isAddress, isHex } from 'viem';
import { z } from 'zod';

const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), 'not an address')
  .transform((text) => getAddress(text));
const hex = z.custom<`0x${string}`>((value) => isHex(value), 'not hex');
const block = z.number().int().min(0);

const contractSchema = z.strictObject({
  kind: z.string(),
  address,
  /** What a factory's clones delegate to. */
  implementation: address.optional(),
  /** keccak-256 of the creation code: names `verification/<codeHash>.json`. Missing in records of the former form. */
  codeHash: hex.optional(),
  /** ABI-encoded. */
  constructorArguments: hex.optional(),
  /** A block at or before the contract's first. */
  block,
  /** The commit the contract was deployed from. */
  commit: z.string(),
});

const deploymentSchema = z.strictObject({
  chainId: z.number().int().positive(),
  /** Oldest first: of each kind the last one is in use, and those before it stay ours. */
  contracts: z.array(contractSchema),
  /** Contracts of others that the chain has at their canonical addresses, by name. */
  standards: z.record(z.string(), address),
  /** On a local chain: stand-ins for contracts that public chains have from others. */
  standIns: z.strictObject({ usdc: address, ethUsdFeed: address }).optional(),
});

/** The form records had while there was one factory and one till. */
const formerSchema = z
  .strictObject({
    chainId: z.number(),
    factory: address,
    workCollectionImplementation: address,
    till: address,
    multicall3: address.optional(),
    block,
    commit: z.string(),
  })
  .transform(({ chainId, factory, workCollectionImplementation: implementation, till, multicall3, ...where }) => ({
    chainId,
    contracts: [
      { kind: 'work', address: factory, implementation, ...where },
      { kind: 'till', address: till, ...where },
    ],
    standards: (multicall3 ? { multicall3 } : {}) as Record<string, `0x${string}`>,
  }));

/** Our contracts on one chain, former ones included. Addresses are checksummed. */
export type Deployment = z.infer<typeof deploymentSchema>;
export type DeployedContract = Deployment['contracts'][number];

const pathOf = (dir: string, chainId: number) => join(dir, `${chainId}.json`);

/** The deployment recorded for a chain, or null. Throws ZodError on a file that is not one. */
export function readDeployment(dir: string, chainId: number): Deployment | null {
  const path = pathOf(dir, chainId);
  if (!existsSync(path)) return null;
  const recorded: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const former = formerSchema.safeParse(recorded);
  return former.success ? former.data : deploymentSchema.parse(recorded);
}

/** Writes `<dir>/<chainId>.json`, whole or not at all. */
export function writeDeployment(dir: string, deployment: Deployment): void {
  mkdirSync(dir, { recursive: true });
  const path = pathOf(dir, deployment.chainId);
  writeFileSync(`${path}.new`, `${JSON.stringify(deployment, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
