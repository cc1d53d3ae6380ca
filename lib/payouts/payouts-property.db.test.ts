import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { approvePayout } from './approve-payout';
import { getEarnings } from './get-earnings';
import { matureEarnings } from './mature-earnings';
import { requestPayout } from './request-payout';
import { sendPayout } from './send-payout';
import { earn, newcomer } from './testing/earn';
import { MANY_OPERATORS, newOperator } from './testing/operators';
import { RecordingRail } from './testing/recording-rail';
import { cancelPayout, rejectPayout } from './withdraw-payout';

vi.stubEnv('OPERATOR_ADDRESSES', MANY_OPERATORS);
vi.stubEnv('PAYOUT_SECOND_APPROVAL_MILLICREDITS', '3000000');

const db = openDatabase(process.env.DATABASE_URL ?? '');
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

const PAYOUTS = 3;
const payout = fc.nat(PAYOUTS - 1);
const step = fc.oneof(
  fc.record({ do: fc.constant('earn' as const), credits: fc.integer({ min: 1, max: 3_000 }), byCard: fc.boolean() }),
  fc.record({ do: fc.constant('request' as const), payout, credits: fc.integer({ min: 1_000, max: 4_000 }) }),
  fc.record({ do: fc.constantFrom('cancel' as const, 'reject' as const, 'mature' as const), payout }),
  fc.record({ do: fc.constant('approve' as const), payout, operator: fc.nat(1) }),
  fc.record({
    do: fc.constant('send' as const),
    payout,
    fault: fc.constantFrom(null, 'find' as const, 'send' as const, 'sent' as const, 'refuse' as const),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A creator, what they earned, and an other side that may break at each step. Steps that are not allowed now are refused, and change nothing. */
class World {
  readonly rail = new RecordingRail();
  readonly ids = Array.from({ length: PAYOUTS }, () => newId());
  earned = 0n;
  constructor(
    readonly creator: Actor,
    readonly operators: Actor[],
  ) {}

  async take(at: Step): Promise<unknown> {
    const id = this.ids['payout' in at ? at.payout : 0] ?? '';
    switch (at.do) {
      case 'earn': {
        const millicredits = BigInt(at.credits) * 1000n;
        await earn(db, this.creator, { millicredits, paidWith: at.byCard ? 'card' : 'chain', day: '2026-01-01' });
        this.earned += millicredits;
        return;
      }
      case 'request':
        return requestPayout(db, this.creator, { id, credits: at.credits, rail: 'connect' }, async () => 'acct');
      case 'cancel':
        return cancelPayout(db, this.creator, { id });
      case 'reject':
        return rejectPayout(db, this.operators[0] as Actor, { id, reason: 'rejected' });
      case 'approve':
        return approvePayout(db, this.operators[at.operator] as Actor, { id });
      case 'mature':
        return matureEarnings(db, 30, Date.parse('2026-06-01'));
      case 'send':
        return this.send(id, at.fault);
    }
  }

  private send(id: string, fault: 'find' | 'send' | 'sent' | 'refuse' | null): Promise<void> {
    this.rail.refuses = fault === 'refuse' ? 'refused' : null;
    this.rail.fault = (at) => {
      if (at === fault) throw new Error('killed');
    };
    return sendPayout(db, { rails: { connect: this.rail, eth: this.rail, usdc: this.rail }, ethRate: async () => ({ usdCents: 1, source: '' }) }, id);
  }

  async check(): Promise<void> {
    const { pendingMillicredits, availableMillicredits, onTheWayMillicredits, paidMillicredits } = await getEarnings(db, this.creator, 30);
    const total = [pendingMillicredits, availableMillicredits, onTheWayMillicredits, paidMillicredits].reduce((sum, n) => sum + BigInt(n), 0n);
    expect(total).toBe(this.earned);
    const left = [...this.rail.sent.values()].reduce((sum, { amountOut }) => sum + amountOut * 1000n, 0n);
    // What left is paid out, or still on its way while nobody knows yet.
    expect(left).toBeGreaterThanOrEqual(BigInt(paidMillicredits));
    expect(left).toBeLessThanOrEqual(BigInt(paidMillicredits) + BigInt(onTheWayMillicredits));
    expect(this.rail.sends).toBe(this.rail.sent.size);
  }
}

test('whatever is done in whatever order and breaks wherever it may: nothing is lost, nothing leaves twice', async () => {
  const steps = fc.array(step, { minLength: 5, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(steps, fc.boolean(), async (plan, together) => {
      const world = new World(await newcomer(db), [await newOperator(db), await newOperator(db)]);
      const groups = together ? chunk(plan, 4) : plan.map((one) => [one]);
      for (const group of groups) {
        await Promise.allSettled(group.map((one) => world.take(one)));
        await world.check();
      }
      // With nothing broken any more, everything that was approved ends.
      for (const id of world.ids) await world.take({ do: 'send', payout: world.ids.indexOf(id), fault: null }).catch(() => {});
      await world.check();
      const left = await db.prisma.payout.count({ where: { id: { in: world.ids }, state: { in: ['approved', 'sending'] } } });
      expect(left).toBe(0);
    }),
    { numRuns: 40, seed: 20261124 },
  );
}, 180_000);

const chunk = <T>(list: T[], size: number) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
