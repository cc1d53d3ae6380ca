import sharp from 'sharp';
import { z } from 'zod';
import { writeSigned } from '@/lib/credentials/write-signed';
import type { JobContext } from '@/lib/jobs/types';
import { storage } from '@/lib/storage/storage';
import { uuidInput } from '@/lib/uuid-input';
import { PREVIEW_WIDTHS_PX } from './schema';
import { sealFile } from './seal-file';

const payloadSchema = z.object({ id: uuidInput });

async function preview(png: Buffer, widthPx: number): Promise<string> {
  return storage().put(await sharp(png).resize({ width: widthPx, withoutEnlargement: true }).webp({ quality: 84 }).toBuffer());
}

/**
 * The sealing job: the record and Content Credentials go into the file and previews are made; only then can anybody download or mint it. Of two
 * that seal one work at once, the first to write the row decides.
 */
export async function sealWork(payload: unknown, { db }: JobContext): Promise<void> {
  const { id } = payloadSchema.parse(payload);
  const { outputBlob, sealedAt, refundedAt } = await db.prisma.work.findUniqueOrThrow({
    where: { id },
    select: { outputBlob: true, sealedAt: true, refundedAt: true },
  });
  // A file that no row would name: it could not be made again, nor is it ever deleted.
  if (sealedAt || refundedAt) return;
  const png = await storage().get(outputBlob);
  const previews = Promise.all([preview(png, PREVIEW_WIDTHS_PX.small), preview(png, PREVIEW_WIDTHS_PX.large)]);
  await writeSigned(db, async () => {
    const [{ blob, bytes, leaf }, [previewSmall, previewLarge]] = await Promise.all([sealFile(db, id), previews]);
    const data = { sealedBlob: blob, sealedBytes: bytes.length, sealedAt: new Date(), previewSmall, previewLarge };
    return { leaf, write: (tx) => tx.work.updateMany({ where: { id, sealedAt: null, refundedAt: null }, data }) };
  });
}
