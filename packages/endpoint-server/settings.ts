import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Hex } from 'viem';
import { z } from 'zod';

const hex = (bytes: number) => z.string().regex(new RegExp(`^0x[0-9a-f]{${bytes * 2}}$`), 'must be lower-case hex') as unknown as z.ZodType<Hex>;
const publicKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), kid: z.string() });
export type PublicKey = z.output<typeof publicKey>;

/** What endpoint.json says. README.md explains each. */
export const settingsSchema = z.strictObject({
  /** The address Intaglio calls, as it is set there: part of what each request's signature covers. Left out: this machine only. */
  publicUrl: z.url().optional(),
  host: z.string().default('127.0.0.1'),
  port: z.number().int().min(0).max(65_535).default(8787),
  /** The file that exports `generate`. */
  model: z.string(),
  /** Where the platform's public keys are, or the keys themselves: pinned, they outlive a stolen domain. */
  platformKeys: z.union([z.url(), z.array(publicKey).min(1)]),
  /** Digests of the versions that this model is. Empty: of every one; the chain decides which of them this key signs for. */
  versions: z.array(hex(32)).default([]),
  chainId: z.number().int().positive(),
  /** Collections and drops whose receipts are signed here. Empty: any of the chain. */
  collections: z.array(hex(20)).default([]),
  /** `creator`: the version's key is here, and signs. `platform`: it is not, and nothing is signed. */
  custody: z.enum(['creator', 'platform']).default('creator'),
  keyFile: z.string().default('version-key.hex'),
  dataDir: z.string().default('runs'),
  /** Runs at once, and accepted runs that wait for a place. Any more are told to come back. */
  concurrency: z.number().int().min(1).max(64).default(1),
  queue: z.number().int().min(0).max(1000).default(8),
  /** A run that takes longer than this is answered with 202, and asked for again. */
  answerWithinMs: z.number().int().min(0).max(120_000).default(1_000),
  /** How long a result can be fetched again. */
  keepHours: z.number().int().min(1).max(8760).default(48),
});
export type Settings = z.output<typeof settingsSchema>;

/** Reads a settings file; its paths are relative to it. */
export function readSettings(path: string): Settings {
  const parsed = settingsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is not right:\n${z.prettifyError(parsed.error)}`);
  const beside = (file: string) => resolve(dirname(path), file);
  const { model, keyFile, dataDir } = parsed.data;
  return { ...parsed.data, model: beside(model), keyFile: beside(keyFile), dataDir: beside(dataDir) };
}
