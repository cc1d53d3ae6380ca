import 'server-only';
import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { publicClient, chainId as readChainId } from '@/lib/chain/client';
import type { CallPlanDto } from '@/lib/chain/schema';
import type { Database } from '@/lib/db';
import { planCollectionWithdrawal } from '@/lib/proceeds/plan-withdrawal';
import type { Held } from '@/lib/proceeds/read-balance';
import { readProceeds } from '@/lib/proceeds/read-proceeds';
import type { ProceedsDto } from '@/lib/proceeds/schema';
import { ownCollection } from './own';

/** What passes earned lies in their collection until its creator takes it out. Null before there is one. Stands while the chain is away. */
export async function getProceeds(db: Database, actor: Actor): Promise<ProceedsDto | null> {
  const where = { chainId: await readChainId().catch(() => undefined), creatorId: actor.userId };
  const home = await db.prisma.passCollection.findFirst({ where: { ...where, tiers: { some: {} } }, select: { chainId: true, address: true } });
  return home && readProceeds(db, { ...home, held });
}

/** The call to the creator's wallet. Throws `not_found`, and what `planCollectionWithdrawal` does. */
export async function planWithdrawal(db: Database, actor: Actor): Promise<CallPlanDto> {
  const { chainId, address } = await ownCollection(db, actor);
  return planCollectionWithdrawal(actor, { chainId, address, held }, 'your passes');
}

/** Of passes a part may be asked back, and a part is owed to payers who could not take their refund. */
async function held(at: { address: Hex; blockNumber: bigint }): Promise<Held> {
  const contract = { ...at, abi: passCollectionAbi } as const;
  const client = publicClient();
  const [escrowed, owed] = await Promise.all([
    client.readContract({ ...contract, functionName: 'escrowed' }),
    client.readContract({ ...contract, functionName: 'totalCredits' }),
  ]);
  return { escrowed, owed };
}
