import 'server-only';
import { erc721Abi, getAbiItem, type Hex } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { AccessFacts } from './access-facts';
import { chainHead } from './chain-head';
import { passIdOf } from './pass-id';
import { oncePerBlock } from './per-block';
import { isIndexCurrent } from './read-holders';

/** Nodes refuse long stretches; an index that is further behind has to catch up first. */
const MOST_BLOCKS = 1000n;
const MOST_PASSES = 5;

/**
 * Passes of the model's creator that came to an address in blocks the index may not have, newest first: ERC-721 cannot be asked what an
 * address holds. Asked only while the index lags. Throws `chain_unavailable`.
 */
export async function receivedLately({ prisma }: Database, facts: AccessFacts, chainId: number, address: string): Promise<string[]> {
  const oldest = facts.blocks.at(-1);
  if (!oldest || (await isIndexCurrent(facts))) return [];
  const [passes, head] = await Promise.all([
    prisma.passCollection.findUnique({ where: { chainId_creatorId: { chainId, creatorId: facts.creatorId } } }),
    chainHead(),
  ]);
  // From some blocks below its newest: those may be off the chain by now.
  if (!passes || head.number - oldest.number > MOST_BLOCKS) return [];
  const event = getAbiItem({ abi: erc721Abi, name: 'Transfer' });
  try {
    const filter = { address: passes.address as Hex, event, args: { to: address as Hex }, fromBlock: oldest.number } as const;
    // Once a block for each address: whoever has no pass could else have many thousand blocks read with every call.
    const key = `received ${passes.address} ${address} ${oldest.number}`;
    const logs = await oncePerBlock(key, () => publicClient().getLogs({ ...filter, strict: true }));
    const ids = logs.map(({ args }) => passIdOf(chainId, passes.address, args.tokenId));
    return [...new Set(ids.toReversed())].slice(0, MOST_PASSES);
  } catch (cause) {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  }
}
