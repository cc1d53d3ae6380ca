import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { uploadStorage } from '@/lib/storage/storage';

export type StoredUpload = { id: string; ownerId: string; content: Hex; blob: string };

/** A person's own upload by its content: somebody else's is not there, whoever knows its content. Throws `upload_gone`. */
export async function findUpload({ prisma }: Pick<Database, 'prisma'>, ownerId: string, content: string): Promise<StoredUpload> {
  const found = await prisma.upload.findUnique({ where: { ownerId_content: { ownerId, content } } });
  if (!found) throw new AppError('upload_gone');
  return { ...found, content: found.content as Hex };
}

/** The upload that a run starts from, which is kept while the run needs it. */
export async function uploadById({ prisma }: Pick<Database, 'prisma'>, id: string): Promise<StoredUpload> {
  const found = await prisma.upload.findUnique({ where: { id } });
  if (!found) throw new AppError('internal', { cause: new Error(`the upload ${id} that a run starts from is gone`) });
  return { ...found, content: found.content as Hex };
}

/** The PNG of an upload. */
export const readUploaded = ({ ownerId, blob }: StoredUpload): Promise<Buffer> => uploadStorage(ownerId).get(blob);
