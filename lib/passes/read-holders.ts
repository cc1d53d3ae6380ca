import 'server-only';
import { BaseError, ContractFunctionRevertedError, ContractFunctionZeroDataError, type Hex } from 'viem';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient } from '@/lib/chain/client';
import { AppError } from '@/lib/errors';
import type { AccessFacts, KnownPass } from './access-facts';
import { chainHead } from './chain-head';
import { readPassId } from './pass-id';
import { oncePerBlock } from './per-block';
import { expiryOf } from './read-event';

/** Whether the index has the block that the chain calls its newest. Anything less is not believed: an indexer may have stopped. */
export async function isIndexCurrent({ blocks }: Pick<AccessFacts, 'blocks'>): Promise<boolean> {
  const head = await chainHead();
  return blocks.some(({ number, hash }) => number === head.number && hash === head.hash);
}

/**
 * A node whose newest block is older than all that is looked at of the index has stopped, or is one of several that has: who held what then says nothing of
 * now, and the index knows better. Throws `chain_unavailable`.
 */
export async function refuseStuckNode({ blocks }: Pick<AccessFacts, 'blocks'>): Promise<void> {
  const oldest = blocks.at(-1);
  const head = await chainHead();
  if (oldest && head.number < oldest.number)
    throw new AppError('chain_unavailable', { message: 'The node is far behind what was read of the chain.' });
}

/** Whose a pass is now and until when it is good, asked of the chain: as of now, or of a block. Null where there is no such pass. Throws `chain_unavailable`. */
export async function holderOnChain(passId: string, blockNumber?: bigint): Promise<{ holder: string; expiresAt: Date | null } | null> {
  const { collection: address, tokenId } = readPassId(passId);
  const contract = { address, abi: passCollectionAbi, args: [tokenId], blockNumber } as const;
  const client = publicClient();
  try {
    // Both travel in one request.
    const [holder, expiresAt] = await Promise.all([
      client.readContract({ ...contract, functionName: 'ownerOf' }),
      client.readContract({ ...contract, functionName: 'expiresAt' }),
    ]);
    return { holder: holder.toLowerCase() as Hex, expiresAt: expiryOf(expiresAt) };
  } catch (error) {
    if (error instanceof BaseError && error.walk(isNo)) return null;
    throw new AppError('chain_unavailable', { cause: withoutUrl(error) });
  }
}

const isNo = (cause: unknown) => cause instanceof ContractFunctionRevertedError || cause instanceof ContractFunctionZeroDataError;

/** The passes as they are at this moment: as indexed where the index is as new as the chain, else holder and expiry from the chain itself. */
export async function currentPasses(facts: AccessFacts): Promise<KnownPass[]> {
  if (facts.passes.length === 0 || (await isIndexCurrent(facts))) return facts.passes;
  const read = await Promise.all(
    facts.passes.map(async (pass) => ({ pass, now: await oncePerBlock(pass.id, (block) => holderOnChain(pass.id, block)) })),
  );
  return read.flatMap(({ pass, now }) => (now ? [{ ...pass, ...now }] : []));
}
