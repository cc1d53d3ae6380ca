import 'server-only';
import { encodeFunctionData, type Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { indexedHead } from '@/lib/chain/queries';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { FROZEN } from '@/lib/protocol/evolve-terms';
import { mintRequest } from '@/lib/protocol/mint-request';
import { bytesHash, labelHash, VOUCHER_LIFETIME_S, type Voucher, voucherDigest } from '@/lib/protocol/voucher';
import type { Voucher as VoucherRow } from '@/prisma/client/client';
import { claimVoucher } from './claim-voucher';
import { loadMintable, type MintableWork } from './load-mintable';
import type { MintCallDto } from './schema';

/** Whose work it is, and where the token goes. */
export type Owner = Pick<Actor, 'userId' | 'address'>;

/**
 * The call that mints a work for its owner, whoever sends it, good for 15 minutes. The first call fixes the label for ever; a later one with
 * another label gets the first (`label` of the answer says which). Throws `not_found`, `not_sealed`, `not_mintable`, `already_minted`,
 * `duplicate_content`, `taken_down`.
 */
export async function issueVoucher(db: Database, owner: Owner, { workId, label }: { workId: string; label: string }): Promise<MintCallDto> {
  const mintable = await loadMintable(db, owner, workId);
  const row = mintable.voucher ?? (await claimVoucher(db, mintable, label));
  return toMintCall(db, owner, mintable, row);
}

async function toMintCall(db: Database, owner: Owner, mintable: MintableWork, row: VoucherRow): Promise<MintCallDto> {
  const { work, generation, version, receipt, digest } = mintable;
  const { chainId, collection } = version;
  const price = BigInt(row.priceWei.toFixed(0));
  const deadline = await deadlineOn(db, chainId);
  await noteDeadline(db, work.id, deadline);
  const voucher: Voucher = {
    receipt: digest,
    to: owner.address,
    price,
    captured: BigInt(Math.floor(work.capturedAt.getTime() / 1000)),
    deadline: BigInt(deadline),
    label: labelHash(row.label),
    traits: bytesHash(row.traits as Hex),
    codec: row.codec,
    image: row.imageDigest as Hex,
    evolve: bytesHash(FROZEN),
  };
  const signer = await platformSigner(db);
  const request = mintRequest({
    receipt,
    receiptSignature: work.signature as Hex,
    voucher,
    voucherSignature: await signer.signDigest(voucherDigest(chainId, collection, voucher)),
    params: generation.paramsText,
    label: row.label,
    traits: row.traits as Hex,
    evolve: FROZEN,
  });
  return {
    chainId,
    collection,
    to: owner.address,
    data: encodeFunctionData({ abi: workCollectionAbi, functionName: 'mint', args: [request] }),
    valueWei: price.toString(),
    deadline,
    tokenId: row.tokenId as Hex,
    label: row.label,
  };
}

/** Before anything is signed: whoever takes the work down later has to see how long it can still be minted. */
async function noteDeadline({ pool }: Database, workId: string, deadline: number): Promise<void> {
  const { rowCount } = await pool.query(
    `UPDATE voucher SET alive_until = greatest(alive_until, to_timestamp($2))
      WHERE work_id = $1 AND NOT EXISTS (SELECT FROM takedown d WHERE d.work_id = $1 AND d.lifted_at IS NULL)`,
    [workId, deadline],
  );
  if (rowCount !== 1) throw new AppError('taken_down');
}

/** Seconds. The chain's clock decides, and a local chain's can be ahead of ours. */
async function deadlineOn(db: Database, chainId: number): Promise<number> {
  const head = await indexedHead(db, chainId);
  const nowMs = Math.max(Date.now(), head?.at.getTime() ?? 0);
  return Math.floor(nowMs / 1000) + VOUCHER_LIFETIME_S;
}
