import 'server-only';
import type { Hex } from 'viem';
import { type CredentialManifest, sourceTypeOf } from '@/lib/credentials/manifest';
import { signCredentials } from '@/lib/credentials/sign-credentials';
import { signingKey } from '@/lib/credentials/signing-key';
import type { Database } from '@/lib/db';
import { trainingUnder } from '@/lib/models/licences';
import { type LoadedVersion, loadVersion } from '@/lib/models/load-version';
import { writeManifest } from '@/lib/protocol/png-manifest';
import { writeRecord } from '@/lib/protocol/png-record';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { storage } from '@/lib/storage/storage';
import { parentsOf } from './parents-of';
import { titleOf } from './queries';

/** What a voucher fixes of a file, all three together. */
export type VoucherFields = Required<Pick<WorkRecord, 'label' | 'traits' | 'evolve'>>;
export type SealedFile = { blob: string; bytes: Uint8Array /** Serial of the leaf that signed it. */; leaf: string | null };
type Sealable = Awaited<ReturnType<typeof load>>;

function load({ prisma }: Pick<Database, 'prisma'>, id: string) {
  const deployment = { select: { provider: true } } as const;
  const generation = { include: { deployment, report: { select: { deployment } } } } as const;
  return prisma.work.findUniqueOrThrow({ where: { id }, include: { generation } });
}

/** What the file of a work says of itself: everything that was signed, and where. */
function recordOf({ generation, ...work }: Sealable, version: LoadedVersion): WorkRecord {
  return {
    v: 1,
    chainId: version.chainId,
    collection: version.collection,
    base: version.externalBase,
    ...(work.text === null ? { kind: 'image' } : { kind: 'text', text: work.text }),
    receipt: {
      version: version.digest,
      seed: generation.seed,
      paramsHash: generation.paramsHash as Hex,
      promptHash: generation.promptHash as Hex,
      content: work.content as Hex,
      parent: generation.parent as Hex,
    },
    signature: work.signature as Hex,
    params: generation.paramsText,
  };
}

/** The same for readers that know Content Credentials and not us. */
async function manifestOf(
  db: Database,
  { generation, capturedAt }: Sealable,
  version: LoadedVersion,
  record: WorkRecord,
): Promise<CredentialManifest> {
  const { name, number, licence, upstreamLicences } = version.manifest;
  // Another deployment of the version may have taken over: the report says which one delivered.
  const { provider } = generation.report?.deployment ?? generation.deployment;
  return {
    title: titleOf({ label: record.label ?? null, name, seed: generation.seed }),
    source: sourceTypeOf({ isEmbedded: provider === 'embedded' }),
    model: { name, number },
    madeAt: capturedAt,
    training: trainingUnder(licence, upstreamLicences),
    parents: await parentsOf(db, generation, version),
    record,
  };
}

/**
 * Seals the stored picture of a work: its version's manifest, record, XMP, then Content Credentials over everything. Stores the file; the one without stays as it is.
 * Never the same bytes twice (README): they count only once a row names them, which is `writeSigned`’s to do.
 */
export async function sealFile(db: Database, workId: string, fields?: VoucherFields): Promise<SealedFile> {
  const work = await load(db, workId);
  const version = await loadVersion(db, work.versionDigest);
  const record = { ...recordOf(work, version), ...fields };
  const png = writeRecord(writeManifest(await storage().get(work.outputBlob), version.manifestText), record);
  const key = await signingKey(db);
  const bytes = await signCredentials(png, await manifestOf(db, work, version, record), key);
  return { blob: await storage().put(bytes), bytes, leaf: key.leaf };
}
