import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { describeError, isErrorCode } from '@/lib/errors';
import type { PassPurchaseDto } from './schema';
import { PURCHASE_PURPOSE } from './settle-purchase';

const STEPS = { queued: 'waiting', sent: 'sent', mined: 'seen', safe: 'safe', reverted: 'failed', refused: 'failed' } as const;

/** The actor's newest purchase with credits of a pass of this tier, or null. */
export async function getPurchase(
  { prisma }: Pick<Database, 'prisma'>,
  { userId }: Actor,
  { collection, tierId }: { collection: string; tierId: number },
): Promise<PassPurchaseDto | null> {
  const purchase = await prisma.passPurchase.findFirst({ where: { userId, collection, tierId }, orderBy: { createdAt: 'desc' } });
  if (!purchase) return null;
  const { state, txHash } = await prisma.chainTransaction.findUniqueOrThrow({
    where: { purpose_ref: { purpose: PURCHASE_PURPOSE, ref: purchase.id } },
    select: { state: true, txHash: true },
  });
  const pass = txHash && (await prisma.passToken.findFirst({ where: { collection, tierId, txHash: txHash.toLowerCase() }, select: { id: true } }));
  return {
    id: purchase.id,
    step: STEPS[state],
    priceMillicredits: purchase.priceMillicredits.toString(),
    txHash,
    passId: pass ? pass.id : null,
    problem: purchase.state === 'released' ? sentence(purchase.error) : null,
  };
}

/** Codes have a sentence of their own; what a chain says is not for reading. */
const sentence = (error: string | null) => (isErrorCode(error) ? describeError(error).message : 'The chain did not take it.');
