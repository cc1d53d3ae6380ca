import 'server-only';
import { encodeFunctionData, type Hex, zeroAddress } from 'viem';
import { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient, chainId as readChainId } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { ownCollection } from './own';
import type { ProceedsDto, WithdrawalDto } from './page-schema';
import { planCall } from './plan-call';
import type { PassPlanDto } from './tier-schema';

/** What passes earned lies in their collection until its creator takes it out. Null before there is one. */
export async function getProceeds(db: Database, actor: Actor): Promise<ProceedsDto | null> {
  const where = { chainId: await readChainId(), creatorId: actor.userId };
  const home = await db.prisma.passCollection.findFirst({ where: { ...where, tiers: { some: {} } }, select: { chainId: true, address: true } });
  if (!home) return null;
  const balance = await readBalance(home.address as Hex).catch((error: unknown) => {
    log.warn({ err: withoutUrl(error), collection: home.address }, 'what passes earned could not be read');
    return null;
  });
  const withdrawals = await listWithdrawals(db, home);
  const takenWei = withdrawals.reduce((sum, { wei }) => sum + BigInt(wei), 0n).toString();
  return { collection: home.address, balance: balance && { ...balance.amounts }, takenWei, withdrawals };
}

/** All as of one block, for a sale between two answers would make them contradict each other. */
async function readBalance(address: Hex) {
  const client = publicClient();
  const contract = { address, abi: passCollectionAbi, blockNumber: await client.getBlockNumber({ cacheTime: 0 }) } as const;
  const [all, escrowed, owed, payout, owner] = await Promise.all([
    client.getBalance({ address, blockNumber: contract.blockNumber }),
    client.readContract({ ...contract, functionName: 'escrowed' }),
    client.readContract({ ...contract, functionName: 'totalCredits' }),
    client.readContract({ ...contract, functionName: 'payout' }),
    client.readContract({ ...contract, functionName: 'owner' }),
  ]);
  const amounts = { freeWei: (all - escrowed - owed).toString(), escrowedWei: escrowed.toString(), owedWei: owed.toString() };
  return { amounts, payout: payout === zeroAddress ? null : payout, owner };
}

const withdrawal = z.object({ to: z.string(), priceWei: z.string() });

async function listWithdrawals({ prisma }: Database, { chainId, address }: { chainId: number; address: string }): Promise<WithdrawalDto[]> {
  const facts = await prisma.passFact.findMany({
    where: { chainId, collection: address, kind: 'withdrawn' },
    orderBy: [{ blockNumber: 'desc' }, { position: 'desc' }],
  });
  return facts.map(({ at, txHash, data }) => {
    const { to, priceWei: wei } = withdrawal.parse(data);
    return { at: at.toISOString(), to, wei, txHash };
  });
}

/**
 * What the creator's wallet has to send to take out what passes earned: to itself, or to the payout that the collection was made with.
 * Throws `not_found`, `forbidden` (the collection was handed over), `nothing_to_withdraw`, `wrong_state`, `chain_unavailable`.
 */
export async function planWithdrawal(db: Database, actor: Actor): Promise<PassPlanDto> {
  const { chainId, address } = await ownCollection(db, actor);
  const account = actor.address as Hex;
  const { amounts, payout, owner } = await readBalance(address as Hex).catch((cause: unknown) => {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  });
  if (!payout && owner.toLowerCase() !== account.toLowerCase()) throw new AppError('forbidden');
  if (amounts.freeWei === '0') throw new AppError('nothing_to_withdraw');
  const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'withdraw', args: [payout ?? account] });
  const what = payout ? `Sends what your passes earned to ${payout}` : 'Sends what your passes earned to your wallet';
  return { chainId, collection: address, calls: [await planCall(account, { to: address as Hex, data, what })] };
}
