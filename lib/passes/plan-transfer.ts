import 'server-only';
import { encodeFunctionData, type Hex } from 'viem';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { chainId as readChainId } from '@/lib/chain/client';
import { planCall } from '@/lib/chain/plan-call';
import type { CallPlanDto } from '@/lib/chain/schema';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { readPassId } from './pass-id';
import { holderOnChain } from './read-holders';
import type { giveInput } from './tier-schema';

/**
 * What the holder's wallet has to send to give a pass away. By the chain it has to be theirs; a contract that could not hold it is refused
 * when the call is tried. Throws `invalid_input` (to oneself), `not_found`, `pass_moved`, `wrong_state` (it stays with who bought it), `chain_unavailable`.
 */
export async function planTransfer({ prisma }: Database, actor: Actor, { passId, to }: z.output<typeof giveInput>): Promise<CallPlanDto> {
  const { chainId, collection, tokenId } = readPassId(passId);
  if (to === actor.address.toLowerCase())
    throw new AppError('invalid_input', { message: 'That is your own address: it is yours already. Nothing was sent.' });
  const token = await prisma.passToken.findUnique({ where: { id: passId }, select: { tier: { select: { transferable: true } } } });
  if (!token || chainId !== (await readChainId())) throw new AppError('not_found');
  if ((await holderOnChain(passId))?.holder !== actor.address.toLowerCase()) throw new AppError('pass_moved');
  if (!token.tier.transferable) throw new AppError('wrong_state', { message: 'Passes of this tier stay with who got them.' });
  const from = actor.address as Hex;
  const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'safeTransferFrom', args: [from, to, tokenId] });
  const call = planCall(from, { to: collection, data, what: `Gives the pass to ${to}` }).catch((error: unknown) => {
    // It is theirs and may move, so it is the receiver that the chain refuses.
    const isRefused = error instanceof AppError && error.code === 'wrong_state';
    throw isRefused ? new AppError('wrong_state', { message: 'That address cannot hold a pass. Nothing was sent.', cause: error }) : error;
  });
  return { chainId, collection, calls: [await call] };
}
