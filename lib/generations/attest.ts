import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { signerOf } from '@/lib/keys/sealed-keys';
import { recoverSigner } from '@/lib/keys/signer';
import type { LoadedVersion } from '@/lib/models/load-version';
import { type Receipt, receiptDigest } from '@/lib/protocol/receipt';

/**
 * Has a run's receipt signed by the version's key, here or (`given`) beside the model, and checks the signature as anyone would. Throws
 * `signer_mismatch`.
 */
export async function attest(
  db: Pick<Database, 'prisma'>,
  version: LoadedVersion,
  receipt: Receipt,
  given: Hex | null,
): Promise<{ digest: Hex; signature: Hex }> {
  const digest = receiptDigest(version.chainId, version.collection, receipt);
  const signature = version.manifest.signerCustody === 'creator' ? given : await signHere(db, version, digest);
  if (!signature) throw new AppError('signer_mismatch', { cause: new Error(`no signature for version ${version.digest}`) });
  if (recoverSigner(digest, signature) !== version.signerAddress) {
    throw new AppError('signer_mismatch', { cause: new Error(`version ${version.digest} is signed by ${version.signerAddress}`) });
  }
  return { digest, signature };
}

async function signHere(db: Pick<Database, 'prisma'>, { signerKeyId }: LoadedVersion, digest: Hex): Promise<Hex | null> {
  return signerKeyId ? (await signerOf(db, signerKeyId)).signDigest(digest) : null;
}
