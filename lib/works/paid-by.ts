import type { Database } from '@/lib/db';
import type { WorkDto } from './schema';

/** The pass whose included run a work was, as its page is called. Null where credits paid, or nothing did. */
export async function paidBy(
  { prisma }: Pick<Database, 'prisma'>,
  { passId, passHoldId }: { passId: string | null; passHoldId: string | null },
): Promise<WorkDto['paidByPass']> {
  if (!passId || !passHoldId) return null;
  const pass = await prisma.passToken.findUnique({
    where: { id: passId },
    select: { tokenId: true, tier: { select: { label: true, passes: { select: { creator: { select: { address: true } } } } } } },
  });
  // A fork may have taken the pass back since; what paid is still so.
  return pass ? { label: pass.tier.label, href: `/passes/${pass.tier.passes.creator.address}/${pass.tokenId}` } : { label: 'a pass', href: null };
}
