import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { signerOf } from '@/lib/keys/sealed-keys';
import { recoverSigner } from '@/lib/keys/signer';
import type { LoadedVersion } from '@/lib/models/load-version';
import { type Receipt, receiptDigest } from '@/lib/protocol/receipt';

/** Signs a run's receipt with the version's key and checks the signature as anyone would. Throws `signer_mismatch`. */
export async function attest(db: Pick<Database, 'prisma'>, version: LoadedVersion, receipt: Receipt): Promise<{ digest: Hex; signature: Hex }> {
  const digest = receiptDigest(version.chainId, version.collection, receipt);
  if (!version.signerKeyId) throw new AppError('signer_mismatch', { cause: new Error(`no key of version ${version.digest} is kept here`) });
  const signature = await (await signerOf(db, version.signerKeyId)).signDigest(digest);
  if (recoverSigner(digest, signature) !== version.signerAddress) {
    throw new AppError('signer_mismatch', { cause: new Error(`version ${version.digest} is signed by ${version.signerAddress}`) });
  }
  return { digest, signature };
}
