import type { Actor } from '@/lib/actor';
import { openAccount, postTransfer } from '@/lib/credits/post-transfer';
import type { Database } from '@/lib/db';
import { newId } from '@/lib/ids';

/** A person with this address, as an actor (of no stored session). */
export async function seedPerson({ prisma }: Pick<Database, 'prisma'>, address: `0x${string}`): Promise<Actor> {
  const lower = address.toLowerCase() as `0x${string}`;
  const user = await prisma.user.upsert({ where: { address: lower }, update: {}, create: { id: newId(), address: lower } });
  return { userId: user.id, address: lower, sessionId: newId() };
}

/** Gives a person credits from the house's promotion account. */
export async function grantCredits({ pool }: Pick<Database, 'pool'>, actor: Actor, amountMillicredits: bigint): Promise<void> {
  const debit = await openAccount(pool, 'promotion', 'house');
  const credit = await openAccount(pool, 'collector_onchain', actor.userId);
  await postTransfer(pool, { ref: newId(), debit, credit, amountMillicredits, code: 'grant' });
}
