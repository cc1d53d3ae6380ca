/**
 * Events come within seconds. Payments, refunds and disputes whose event did not are looked for every ten minutes (lib/payments/card): what
 * is older should be in the books.
 */
export const EVENT_MINUTES = 20;

export const isYoung = (at: Date): boolean => Date.now() - at.getTime() < EVENT_MINUTES * 60_000;
