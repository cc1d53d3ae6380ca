import 'server-only';
import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { recoverSigner } from '@/lib/keys/signer';
import { type LoadedVersion, loadVersion } from '@/lib/models/load-version';
import { isDisputed } from '@/lib/payments/card/queries';
import { type Receipt, receiptDigest } from '@/lib/protocol/receipt';
import { isTakenDown } from '@/lib/works/takedowns/is-taken-down';
import type { Generation, Voucher, Work } from '@/prisma/client/client';

/** A work that its owner may have minted, with what the voucher is made of. */
export type MintableWork = {
  work: Work & { sealedBlob: string };
  generation: Generation;
  version: LoadedVersion;
  receipt: Receipt;
  digest: Hex;
  voucher: Voucher | null;
};

/**
 * Loads a work to be minted by its owner. Throws `not_found` (also for somebody else's), `not_sealed`, `not_mintable`, `already_minted`,
 * `payment_disputed`, `taken_down`.
 */
export async function loadMintable({ prisma, pool }: Database, owner: Pick<Actor, 'userId'>, workId: string): Promise<MintableWork> {
  const found = await prisma.work.findFirst({
    where: { id: workId, ownerId: owner.userId },
    include: { generation: true, voucher: true, version: { select: { publishedAt: true } } },
  });
  if (!found) throw new AppError('not_found');
  const { generation, voucher, version: publication, ...work } = found;
  // What its creator tried as a draft stays a draft.
  if (work.refundedAt || !publication.publishedAt || work.capturedAt < publication.publishedAt) throw new AppError('not_mintable');
  if (await isTakenDown(pool, work.id)) throw new AppError('taken_down');
  if (!work.sealedAt || !work.sealedBlob) throw new AppError('not_sealed');
  const version = await loadVersion({ prisma }, work.versionDigest);
  const minted = await prisma.token.findFirst({ where: { receiptDigest: work.receiptDigest, chainId: version.chainId }, select: { tokenId: true } });
  if (minted) throw new AppError('already_minted', { details: { tokenId: minted.tokenId } });
  if (await isDisputed(pool, work.id)) throw new AppError('payment_disputed');
  const receipt = receiptOfRun(work.content, generation);
  const digest = receiptDigest(version.chainId, version.collection, receipt);
  // What is stored must still be what was signed: a voucher over anything else would fail in the collector's wallet, or worse not.
  if (digest !== work.receiptDigest || recoverSigner(digest, work.signature as Hex) !== version.signerAddress) {
    throw new AppError('not_mintable', { cause: new Error(`the stored receipt of work ${work.id} is not the signed one`) });
  }
  return { work: { ...work, sealedBlob: work.sealedBlob }, generation, version, receipt, digest, voucher };
}

function receiptOfRun(content: string, generation: Generation): Receipt {
  return {
    version: generation.versionDigest as Hex,
    seed: BigInt(generation.seed),
    paramsHash: generation.paramsHash as Hex,
    promptHash: generation.promptHash as Hex,
    content: content as Hex,
    parent: generation.parent as Hex,
  };
}
