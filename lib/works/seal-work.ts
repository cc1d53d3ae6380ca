import sharp from 'sharp';
import type { Hex } from 'viem';
import { z } from 'zod';
import type { Database } from '@/lib/db';
import type { JobContext } from '@/lib/jobs/types';
import { loadVersion } from '@/lib/models/load-version';
import { writeRecord } from '@/lib/protocol/png-record';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { storage } from '@/lib/storage/storage';
import { uuidInput } from '@/lib/uuid-input';

export const PREVIEW_WIDTHS_PX = { small: 480, large: 1280 };

const payloadSchema = z.object({ id: uuidInput });

/** What the file of a work says of itself: everything that was signed, and where. */
export async function recordOf({ prisma }: Pick<Database, 'prisma'>, workId: string): Promise<{ record: WorkRecord; outputBlob: string }> {
  const work = await prisma.work.findUniqueOrThrow({ where: { id: workId }, include: { generation: true } });
  const version = await loadVersion({ prisma }, work.versionDigest);
  const { seed, paramsHash, promptHash, parent, paramsText } = work.generation;
  return {
    outputBlob: work.outputBlob,
    record: {
      v: 1,
      chainId: version.chainId,
      collection: version.collection,
      base: version.externalBase,
      ...(work.text === null ? { kind: 'image' } : { kind: 'text', text: work.text }),
      receipt: {
        version: version.digest,
        seed,
        paramsHash: paramsHash as Hex,
        promptHash: promptHash as Hex,
        content: work.content as Hex,
        parent: parent as Hex,
      },
      signature: work.signature as Hex,
      params: paramsText,
    },
  };
}

/** The stored picture with a record written into it: digest and bytes of the sealed file. The stored one stays as it is. */
export async function sealFile(outputBlob: string, record: WorkRecord): Promise<{ blob: string; bytes: Uint8Array }> {
  const bytes = writeRecord(await storage().get(outputBlob), record);
  return { blob: await storage().put(bytes), bytes };
}

async function preview(png: Buffer, widthPx: number): Promise<string> {
  return storage().put(await sharp(png).resize({ width: widthPx, withoutEnlargement: true }).webp({ quality: 84 }).toBuffer());
}

/** The sealing job: the record goes into the file and previews are made; only then can anybody download or mint it. */
export async function sealWork(payload: unknown, { db }: JobContext): Promise<void> {
  const { id } = payloadSchema.parse(payload);
  const { record, outputBlob } = await recordOf(db, id);
  const png = await storage().get(outputBlob);
  const [sealed, previewSmall, previewLarge] = await Promise.all([
    sealFile(outputBlob, record),
    preview(png, PREVIEW_WIDTHS_PX.small),
    preview(png, PREVIEW_WIDTHS_PX.large),
  ]);
  await db.prisma.work.updateMany({
    where: { id, sealedAt: null, refundedAt: null },
    data: { sealedBlob: sealed.blob, sealedBytes: sealed.bytes.length, sealedAt: new Date(), previewSmall, previewLarge },
  });
}
