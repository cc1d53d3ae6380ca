import 'server-only';
import { encodeFunctionData, type Hex } from 'viem';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient, chainId as readChainId } from '@/lib/chain/client';
import { planCall } from '@/lib/chain/plan-call';
import type { CallPlanDto } from '@/lib/chain/schema';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { passRefundDigest } from '@/lib/protocol/pass-refund';
import { freezeRuns } from './freeze-runs';
import { wasUsed } from './included-runs';
import { readPassId } from './pass-id';
import { holderOnChain } from './read-holders';
import type { passRef } from './tier-schema';

const STATEMENT_LIFETIME_S = 900;
/** Runs wait longer than the statement is good: a chain's clock can be behind ours, and it is the chain that reads the deadline. */
const FROZEN_LONGER_MS = 120_000;

/**
 * The call that gives a pass back for what was paid, good for 15 minutes, in which the pass takes no run. Its holder asks, by the chain; a
 * pass of which a run was used or is under way stays. Throws `not_found`, `pass_moved`, `refund_closed`, `pass_used`, `chain_unavailable`.
 */
export async function signRefund(db: Database, actor: Actor, { passId }: z.output<typeof passRef>): Promise<CallPlanDto & { deadline: number }> {
  const { chainId, collection, tokenId } = readPassId(passId);
  const isKnown = (await db.prisma.passToken.count({ where: { id: passId } })) > 0;
  if (!isKnown || chainId !== (await readChainId())) throw new AppError('not_found');
  const onChain = await holderOnChain(passId);
  if (onChain?.holder !== actor.address.toLowerCase()) throw new AppError('pass_moved');
  const deadline = await deadlineOf(collection, tokenId);
  await freezeUnused(db, { passId, holder: onChain.holder, deadline });
  // Signed only after the freeze is there for everyone to see.
  const refund = { token: tokenId, holder: actor.address as Hex, deadline: BigInt(deadline) };
  const signature = await (await platformSigner(db)).signDigest(passRefundDigest(chainId, collection, refund));
  const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'refund', args: [tokenId, refund.deadline, signature] });
  const call = await planCall(refund.holder, { to: collection, data, what: 'Gives the pass back, for what was paid' });
  return { chainId, collection, calls: [call], deadline };
}

/** Seconds. The chain's clock decides, and a local chain's can be ahead of ours. */
async function deadlineOf(address: Hex, tokenId: bigint): Promise<number> {
  const client = publicClient();
  const [until, block] = await Promise.all([
    client.readContract({ address, abi: passCollectionAbi, functionName: 'refundableUntil', args: [tokenId] }),
    client.getBlock({ includeTransactions: false }),
  ]).catch((cause: unknown) => {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  });
  const now = Math.max(Math.floor(Date.now() / 1000), Number(block.timestamp));
  if (Number(until) <= now) throw new AppError('refund_closed');
  return Math.min(now + STATEMENT_LIFETIME_S, Number(until));
}

type Statement = { passId: string; holder: string; deadline: number };

/** First frozen, then looked at: what is true then stays true until the deadline. */
async function freezeUnused(db: Database, { passId, holder, deadline }: Statement): Promise<void> {
  const until = new Date(deadline * 1000 + FROZEN_LONGER_MS);
  await inTransaction(db.pool, async (tx) => {
    await freezeRuns(tx, { passId, why: 'refund', until });
    if (await wasUsed(tx, passId)) throw new AppError('pass_used');
    await tx.query('INSERT INTO pass_refund_statement (id, pass_id, holder, deadline) VALUES ($1, $2, $3, to_timestamp($4))', [
      newId(),
      passId,
      holder,
      deadline,
    ]);
  });
}
