import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import type { RunOutput } from '@/lib/inference/adapter';
import { localAdapter } from '@/lib/inference/local-adapter';
import { publishVersion, registerVersion } from '@/lib/models/register-version';
import type { Manifest } from '@/lib/protocol/manifest';

/** A manifest with one size and one dial, for tests and benchmarks. */
export function testManifest(creator: string, overrides: Partial<Manifest> = {}): Manifest {
  return {
    manifest: 1,
    creator,
    name: 'Proof',
    number: 1,
    kind: 'image',
    weights: null,
    parameters: {
      type: 'object',
      additionalProperties: false,
      properties: {
        width: { type: 'integer', title: 'Width', default: 2, enum: [2] },
        height: { type: 'integer', title: 'Height', default: 2, enum: [2] },
      },
    },
    seedKind: 'exact',
    reproducibility: 'A',
    signerCustody: 'platform',
    licence: 'CC-BY-4.0',
    upstreamLicences: [],
    trainingData: null,
    derivativeShareBps: 0,
    ...overrides,
  };
}

/** Publishes the test model at 2 credits a run. Returns its version. */
export async function seedTestModel(
  db: Database,
  creator: Actor,
  options: { slug?: string; provider?: string; collection?: Hex; chainId?: number; manifest?: Partial<Manifest> } = {},
): Promise<{ digest: Hex; signerAddress: Hex }> {
  const registered = await registerVersion(db, {
    slug: options.slug ?? 'proof',
    tagline: 'Four pixels.',
    description: 'A model for tests.',
    creatorId: creator.userId,
    manifest: testManifest(creator.address, options.manifest),
    chainId: options.chainId ?? 31337,
    collection: options.collection ?? '0x00000000000000000000000000000000000000c0',
    externalBase: 'http://localhost:3000/w/',
    deployment: { provider: options.provider ?? 'test', reference: 'proof' },
    price: { perImageMillicredits: 2000n, mintPriceWei: 0n },
  });
  await publishVersion(db, registered.digest);
  return registered;
}

/** Four pixels whose colours are the seed: the least that is still a picture of its own. */
export function pixelsOf(seed: bigint): RunOutput {
  const rgba = new Uint8Array(16).fill(255);
  for (let i = 0; i < 8; i++) rgba[Math.floor(i / 3) * 4 + (i % 3)] = Number((seed >> BigInt(i * 8)) & 0xffn);
  return { kind: 'pixels', width: 2, height: 2, rgba };
}
export const seedPixels = localAdapter(async ({ seed }) => ({ output: pixelsOf(seed), seedReported: seed }));
