import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getAddress, isAddress } from 'viem';
import { z } from 'zod';

const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), 'not an address')
  .transform((text) => getAddress(text));

const deploymentSchema = z.strictObject({
  chainId: z.number().int().positive(),
  factory: address,
  workCollectionImplementation: address,
  till: address,
  /** Where the chain has Multicall3 at its canonical address. */
  multicall3: address.optional(),
  /** A block at or before the first of these contracts: where an indexer starts. */
  block: z.number().int().min(0),
  /** The commit the contracts were deployed from. */
  commit: z.string(),
});

/** Our contracts on one chain. Addresses are checksummed. */
export type Deployment = z.infer<typeof deploymentSchema>;

const pathOf = (dir: string, chainId: number) => join(dir, `${chainId}.json`);

/** The deployment recorded for a chain, or null. Throws ZodError on a file that is not one. */
export function readDeployment(dir: string, chainId: number): Deployment | null {
  const path = pathOf(dir, chainId);
  if (!existsSync(path)) return null;
  return deploymentSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Writes `<dir>/<chainId>.json`, whole or not at all. */
export function writeDeployment(dir: string, deployment: Deployment): void {
  mkdirSync(dir, { recursive: true });
  const path = pathOf(dir, deployment.chainId);
  writeFileSync(`${path}.new`, `${JSON.stringify(deployment, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
