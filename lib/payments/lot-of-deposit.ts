import type { PoolClient } from 'pg';
import { openAccount } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';

/** 10 credits. Lots cost time where they are spent, and dust would make thousands of them for nothing. */
const OWN_LOT_FROM_MILLICREDITS = 10_000n;

const smallLotOf = (userId: string) => derivedRef('small deposits', userId);

/** The lot that a payment at the till goes to, and comes back from: one of its own, or the one that all small ones of a person share. */
export function lotOfDeposit({ ref, userId, millicredits }: { ref: string; userId: string; millicredits: bigint }): string {
  return millicredits < OWN_LOT_FROM_MILLICREDITS ? smallLotOf(userId) : ref;
}

/** Accounts of the shared lots that some payments go to: they may be spent by now, and what locks a person's lots leaves those out. */
export async function sharedLots(tx: PoolClient, payments: { user_id: string; millicredits: string }[]): Promise<bigint[]> {
  const small = payments.filter(({ millicredits }) => BigInt(millicredits) > 0n && BigInt(millicredits) < OWN_LOT_FROM_MILLICREDITS);
  const lots: bigint[] = [];
  for (const userId of new Set(small.map(({ user_id }) => user_id))) {
    lots.push(await openAccount(tx, 'collector_onchain', userId, { sub: smallLotOf(userId) }));
  }
  return lots;
}
