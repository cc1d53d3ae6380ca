import 'server-only';
import { publicClient } from '@/lib/chain/client';
import type { ReadOptions } from '@/lib/credentials/read-credentials';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { PNG_SIGNATURE } from '@/lib/protocol/png-chunks';
import { type ChainReader, chainReader } from '@/lib/verifier/chain-reader';
import type { CheckInput } from '@/lib/verifier/schema';
import { askHouse } from './ask-house';
import { checkWithHouse } from './check-with-house';
import { runOnFile } from './open-in-thread';
import type { VerifyReport } from './schema';

export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;

/** Our node; calls made in the same tick travel as one request. */
export const houseChain = (): ChainReader => chainReader((method, params) => publicClient().request({ method, params } as never));

type Asked = Pick<CheckInput, 'expected' | 'opening' | 'rerun'>;

/** Checks a file, its Content Credentials too. Throws `too_large` above 20 MB and `unsupported_file` for anything that does not begin as a PNG does. */
export async function verifyFile(db: Database, file: Uint8Array, asked: Asked = {}): Promise<VerifyReport> {
  if (file.length > MAX_UPLOAD_BYTES) throw new AppError('too_large', { details: { maxBytes: MAX_UPLOAD_BYTES } });
  if (!PNG_SIGNATURE.every((byte, i) => file[i] === byte)) throw new AppError('unsupported_file');
  const input = {
    ...asked,
    file,
    opened: await runOnFile('open', file),
    chain: houseChain(),
    credentials: (bytes: Uint8Array, anchors: ReadOptions) => runOnFile('credentials', bytes, anchors),
  };
  return checkWithHouse(input, (digests) => askHouse(db, digests));
}
