import fc from 'fast-check';

/** What to do next, before it is known to whom: `pick` chooses among what there is by then, `size` is an amount or a share. */
export type Wish = { pick: number; size: number; again: boolean; other: boolean };
/** What goes wrong in a step: a connection is killed in its transaction, a statement times out at a lock, an answer gets lost. */
export type Fault = 'none' | 'killed' | 'timeout' | 'lost';
export type Chore = Wish & { what: 'give' | 'take back' | 'refund' | 'roll up' };
export type Step = { fault: Fault; holds: Wish[]; captures: Wish[]; releases: Wish[]; chores: Chore[] };

const rarely = fc.nat(19).map((n) => n === 0);
const wish = fc.record({ pick: fc.nat(1 << 20), size: fc.integer({ min: 1, max: 400 }), again: rarely, other: rarely });
const wishes = (min: number, max: number) => fc.array(wish, { minLength: min, maxLength: max, size: 'max' });
const what = fc.constantFrom('give', 'give', 'give', 'give', 'take back', 'refund', 'roll up') as fc.Arbitrary<Chore['what']>;

const step: fc.Arbitrary<Step> = fc.record({
  fault: fc.constantFrom('none', 'none', 'none', 'none', 'lost', 'killed', 'timeout') as fc.Arbitrary<Fault>,
  holds: wishes(30, 60),
  captures: wishes(25, 50),
  releases: wishes(0, 3),
  chores: fc.array(
    fc.tuple(wish, what).map(([rest, kind]): Chore => ({ ...rest, what: kind })),
    { minLength: 3, maxLength: 6 },
  ),
});

/** What several processes do at the same time, each step after step. */
export const lives = (processes: number, steps: number): fc.Arbitrary<Step[][]> =>
  fc.array(fc.array(step, { minLength: steps, maxLength: steps, size: 'max' }), { minLength: processes, maxLength: processes });
