/** What part of a purchase's credits stands for the first `minor` of `charged` minor units, rounded down. */
const upTo = (millicredits: bigint, minor: bigint, charged: bigint): bigint => (millicredits * minor) / charged;

/**
 * Credits for the stretch of money that begins after `before`. Stretches that follow each other add up to the whole, whatever each of
 * them was rounded to.
 */
export function creditsFor(millicredits: bigint, { before, amount, charged }: { before: bigint; amount: bigint; charged: bigint }): bigint {
  return upTo(millicredits, before + amount, charged) - upTo(millicredits, before, charged);
}
