import { derivedRef } from '@/lib/credits/derived-ref';

/** 10 credits. Lots cost time where they are spent, and dust would make thousands of them for nothing. */
const OWN_LOT_FROM_MILLICREDITS = 10_000n;

/** The lot that a payment at the till goes to, and comes back from: one of its own, or the one that all small ones of a person share. */
export function lotOfDeposit({ ref, userId, millicredits }: { ref: string; userId: string; millicredits: bigint }): string {
  return millicredits < OWN_LOT_FROM_MILLICREDITS ? derivedRef('small deposits', userId) : ref;
}
