import type { Actor } from '@/lib/actor';
import { openAccount } from '@/lib/credits/accounts';
import { creditCollector } from '@/lib/credits/credit-collector';
import { type Database, inTransaction } from '@/lib/db';
import { newId } from '@/lib/ids';

/** A person with this address, as an actor (of no stored session). */
export async function seedPerson({ prisma }: Pick<Database, 'prisma'>, address: `0x${string}`): Promise<Actor> {
  const lower = address.toLowerCase() as `0x${string}`;
  const user = await prisma.user.upsert({ where: { address: lower }, update: {}, create: { id: newId(), address: lower } });
  return { userId: user.id, address: lower, sessionId: newId() };
}

/** Gives a person credits from the house's promotion account. */
export async function grantCredits({ pool }: Pick<Database, 'pool'>, actor: Actor, amountMillicredits: bigint): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const debit = await openAccount(tx, 'promotion', 'house');
    await creditCollector(tx, { ref: newId(), userId: actor.userId, bucket: 'bonus', debit, amountMillicredits, code: 'grant' });
  });
}
