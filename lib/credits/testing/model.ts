import type { Bucket } from '../accounts';

export type Give = { ref: string; user: string; bucket: Bucket; amount: bigint };
export type Ask = { id: string; user: string; amount: bigint; final: boolean };
export type Pay = { id: string; total: bigint; creator: number };
export type Take = { ref: string; user: string; amount: bigint };
type Lot = { ref: string; bucket: Bucket; posted: bigint; held: bigint };
type Leg = { lot: Lot; amount: bigint };
type Hold = Ask & { legs: Leg[]; state: 'open' | 'captured' | 'released'; captured: bigint; creator: number };

const least = (a: bigint, b: bigint) => (a < b ? a : b);
export const feeOf = (total: bigint) => total / 10n;

/** The ledger as one would explain it: what each call answers and leaves behind, one call after the other. */
export class Model {
  readonly lots = new Map<string, Lot[]>();
  readonly holds = new Map<string, Hold>();
  readonly debts = new Map<string, bigint>();
  readonly lines = new Map<string, number>();
  /** Of each creator, pending and available together, and of the platform. */
  readonly earned = new Map<number, bigint>();
  fees = 0n;
  private readonly done = new Set<string>();

  give({ ref, user, bucket, amount }: Give): void {
    if (this.repeats(ref)) return;
    const owed = this.debts.get(user) ?? 0n;
    const repaid = bucket === 'bonus' ? 0n : least(owed, amount);
    this.debts.set(user, owed - repaid);
    if (amount === repaid) return;
    this.lots.set(user, [...this.lotsOf(user), { ref, bucket, posted: amount - repaid, held: 0n }]);
    this.line(user);
  }

  hold(ask: Ask): string {
    const before = this.holds.get(ask.id);
    if (before) return before.user === ask.user && before.amount === ask.amount ? 'replay' : 'conflict';
    if (this.debts.get(ask.user)) return 'spending_frozen';
    const lots = this.lotsOf(ask.user).filter(({ bucket }) => !ask.final || bucket === 'onchain');
    const order = [...lots.filter(({ bucket }) => bucket === 'bonus'), ...lots.filter(({ bucket }) => bucket !== 'bonus')];
    const legs: Leg[] = [];
    let missing = ask.amount;
    for (const lot of order) {
      const amount = least(missing, lot.posted - lot.held);
      if (amount > 0n) legs.push({ lot, amount });
      missing -= amount;
    }
    if (missing > 0n) return 'insufficient_credits';
    for (const { lot, amount } of legs) lot.held += amount;
    this.holds.set(ask.id, { ...ask, legs, state: 'open', captured: 0n, creator: 0 });
    return 'ok';
  }

  capture({ id, total, creator }: Pay): string {
    const hold = this.holds.get(id);
    if (!hold || hold.state === 'released') return 'wrong_state';
    if (hold.state === 'captured') return hold.captured === total ? 'replay' : 'conflict';
    if (total > hold.amount) return 'conflict';
    Object.assign(hold, { state: 'captured', captured: total, creator });
    this.move(hold, (lot, amount) => {
      lot.posted -= amount;
    });
    for (const { lot, amount } of hold.legs) lot.held -= amount;
    this.earn(creator, total);
    this.line(hold.user);
    return 'ok';
  }

  release(id: string): boolean {
    const hold = this.holds.get(id);
    if (hold?.state === 'open') {
      hold.state = 'released';
      for (const { lot, amount } of hold.legs) lot.held -= amount;
      this.line(hold.user);
    }
    return hold?.state === 'released';
  }

  takeBack({ ref, user, amount }: Take): void {
    if (this.repeats(ref)) return;
    let missing = amount;
    for (const lot of this.lotsOf(user).filter(({ bucket }) => bucket !== 'bonus')) {
      const taken = least(missing, lot.posted - lot.held);
      lot.posted -= taken;
      missing -= taken;
      if (taken > 0n) this.line(user);
    }
    this.debts.set(user, (this.debts.get(user) ?? 0n) + missing);
  }

  refund(id: string, ref: string): void {
    const hold = this.holds.get(id);
    if (hold?.state !== 'captured' || this.repeats(ref)) return;
    this.move(hold, (lot, amount) => {
      lot.posted += amount;
    });
    this.earn(hold.creator, -hold.captured);
    for (let i = 0; i < this.shares(hold); i++) this.line(hold.user);
  }

  lotsOf = (user: string): Lot[] => this.lots.get(user) ?? [];

  /** How many transfers a capture is: fee and creator's part cut the legs where they meet. */
  private shares({ legs, captured }: Hold): number {
    const cuts = new Set([captured, captured - feeOf(captured)]);
    let upto = 0n;
    for (const { amount } of legs) {
      upto += amount;
      cuts.add(least(upto, captured));
    }
    return [...cuts].filter((cut) => cut > 0n).length;
  }

  private move({ legs, captured }: Hold, change: (lot: Lot, amount: bigint) => void): void {
    let left = captured;
    for (const { lot, amount } of legs) {
      const part = least(left, amount);
      change(lot, part);
      left -= part;
    }
  }

  private earn(creator: number, total: bigint): void {
    const fee = feeOf(total);
    this.fees += fee;
    this.earned.set(creator, (this.earned.get(creator) ?? 0n) + total - fee);
  }

  private repeats(ref: string): boolean {
    const known = this.done.has(ref);
    this.done.add(ref);
    return known;
  }

  private line(user: string): void {
    this.lines.set(user, (this.lines.get(user) ?? 0) + 1);
  }
}
