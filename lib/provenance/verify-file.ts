import 'server-only';
import { chainId, publicClient } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { PNG_SIGNATURE } from '@/lib/protocol/png-chunks';
import { checkFile } from './check-file';
import type { VerifyReport } from './schema';

export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;

/** Checks a dropped file. Throws `too_large` above 20 MB and `unsupported_file` for anything that does not begin as a PNG does. */
export async function verifyFile(db: Database, bytes: Uint8Array): Promise<VerifyReport> {
  if (bytes.length > MAX_UPLOAD_BYTES) throw new AppError('too_large', { details: { maxBytes: MAX_UPLOAD_BYTES } });
  if (!PNG_SIGNATURE.every((byte, i) => bytes[i] === byte)) throw new AppError('unsupported_file');
  return checkFile({ db, client: publicClient(), chainId: await chainId() }, bytes);
}
