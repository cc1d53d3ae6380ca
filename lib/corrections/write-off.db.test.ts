import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { balanceOf, openAccount } from '@/lib/credits/accounts';
import { creditCollector } from '@/lib/credits/credit-collector';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { takeBack } from '@/lib/credits/take-back';
import { inTransaction } from '@/lib/db';
import { newId } from '@/lib/ids';
import { disputedCaptures } from '@/lib/payments/card/queries';
import { booksOf, buy, type CardShop, deliverAll, isFrozen, openCardShop, type Purchase, signUp, spend } from '@/lib/payments/card/testing/card-shop';
import { seedPerson } from '@/prisma/seed/people';
import { approveCorrection } from './approve-correction';
import { listDebts } from './list-debts';
import { listDecided, listProposals } from './queries';
import { refuseCorrection } from './refuse-correction';
import { writeOffDebt } from './write-off-debt';

// Two for each test, since what an operator writes off within a day adds up.
const operators = Array.from({ length: 40 }, (_, i) => `0x${(i + 1).toString(16).padStart(40, '0')}` as const);
vi.stubEnv('OPERATOR_ADDRESSES', operators.join(','));
vi.stubEnv('PAYOUT_SECOND_APPROVAL_MILLICREDITS', '5000000');

const LIMIT = 5_000_000n;
const reason = 'The card is gone and nobody answers.';
let shop: CardShop;
let first: Actor;
let second: Actor;
let debtor: Actor;

beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
});
beforeEach(async () => {
  debtor = await signUp(shop);
  first = await seedPerson(shop.db, operators.pop() ?? '0x');
  second = await seedPerson(shop.db, operators.pop() ?? '0x');
});
afterEach(async () => expect(await auditBooks(shop.db)).toEqual([]));
afterAll(() => shop.close());

const writeOff = (actor: Actor, of: Actor, id = newId(), why = reason) => writeOffDebt(shop.db, actor, { id, userId: of.userId, reason: why });
const owed = async (of: Actor) => BigInt((await getBalance(shop.db, of)).owedMillicredits);
const borne = async (of: Actor) => (await balanceOf(shop.db.pool, await openAccount(shop.db.pool, 'write_off', 'house', { sub: of.userId }))).posted;
const posted = async () => Number((await shop.db.pool.query(`SELECT count(*) FROM ledger.transfer WHERE code = 'write_off'`)).rows[0].count);

/** Somebody whose payment the chain undid after its credits were spent. */
async function owe(of: Actor, amountMillicredits: bigint): Promise<void> {
  await inTransaction(shop.db.pool, async (tx) => {
    const credit = await openAccount(tx, 'till_clearing', 'house');
    await takeBack(tx, { ref: newId(), userId: of.userId, buckets: ['onchain'], credit, amountMillicredits, code: 'deposit_reversal' });
  });
}

describe('a debt that is written off', () => {
  test('is borne by the house, and opens spending', async () => {
    await owe(debtor, 70_000n);
    expect(await getBalance(shop.db, debtor)).toMatchObject({ owedMillicredits: '70000', frozen: true });
    expect(await listDebts(shop.db, first)).toContainEqual(
      expect.objectContaining({ userId: debtor.userId, owedMillicredits: '70000', causes: ['chain'], proposed: false, own: false }),
    );
    expect(await writeOff(first, debtor)).toEqual({ state: 'posted' });
    expect(await getBalance(shop.db, debtor)).toMatchObject({ owedMillicredits: '0', frozen: false });
    expect(await borne(debtor)).toBe(-70_000n);
    expect((await listDebts(shop.db, first)).filter(({ userId }) => userId === debtor.userId)).toEqual([]);
    const [decided] = await listDecided(shop.db, second);
    expect(decided).toMatchObject({
      kind: 'write_off',
      state: 'posted',
      amount: '70000',
      reason,
      proposedBy: first.address,
      decidedBy: first.address,
    });
  });

  test('is written off once, however often and however many ask', async () => {
    await owe(debtor, 70_000n);
    const before = await posted();
    const id = newId();
    const same = await Promise.all(Array.from({ length: 10 }, () => writeOff(first, debtor, id)));
    expect(new Set(same.map(({ state }) => state))).toEqual(new Set(['posted']));
    const others = await Promise.allSettled(Array.from({ length: 10 }, () => writeOff(second, debtor)));
    expect(others.every((one) => one.status === 'rejected' && one.reason.code === 'wrong_state')).toBe(true);
    expect((await posted()) - before).toBe(1);
    await expect(writeOff(first, debtor, id, 'Another reason')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('that two operators write off at the same moment is written off once', async () => {
    await owe(debtor, 70_000n);
    const before = await posted();
    const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => writeOff(i % 2 ? first : second, debtor)));
    expect(tries.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    expect((await posted()) - before).toBe(1);
    expect([await owed(debtor), await borne(debtor)]).toEqual([0n, -70_000n]);
  });

  test('is nobody’s to write off but an operator’s, and not one’s own', async () => {
    await owe(debtor, 1_000n);
    await owe(first, 1_000n);
    await expect(writeOff(debtor, debtor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listDebts(shop.db, debtor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(writeOff(first, first)).rejects.toMatchObject({ code: 'own_account' });
    expect(await listDebts(shop.db, first)).toContainEqual(expect.objectContaining({ userId: first.userId, own: true }));
    await writeOff(second, first);
    expect([await owed(debtor), await owed(first)]).toEqual([1_000n, 0n]);
  });

  test('has to be there', async () => {
    await expect(writeOff(first, debtor)).rejects.toMatchObject({ code: 'not_found' });
    await owe(debtor, 5n);
    await writeOff(first, debtor);
    await expect(writeOff(first, debtor)).rejects.toMatchObject({ code: 'wrong_state' });
  });
});

describe('a large one', () => {
  const propose = async () => {
    await owe(debtor, LIMIT + 1n);
    const id = newId();
    expect(await writeOff(first, debtor, id)).toEqual({ state: 'proposed' });
    return id;
  };

  test('moves nothing before another operator approves it, and of twenty approvals one does', async () => {
    const id = await propose();
    expect([await owed(debtor), await isFrozen(shop, debtor)]).toEqual([LIMIT + 1n, true]);
    await expect(approveCorrection(shop.db, first, { id })).rejects.toMatchObject({ code: 'own_proposal' });
    await expect(writeOff(second, debtor)).rejects.toMatchObject({ code: 'wrong_state' });
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => approveCorrection(shop.db, second, { id })));
    expect(tries.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    expect([await owed(debtor), await borne(debtor), await isFrozen(shop, debtor)]).toEqual([0n, -LIMIT - 1n, false]);
  });

  test('is what small ones of a day are, too', async () => {
    await owe(debtor, LIMIT);
    expect(await writeOff(first, debtor)).toEqual({ state: 'posted' });
    const other = await signUp(shop);
    await owe(other, 1n);
    expect(await writeOff(first, other)).toEqual({ state: 'proposed' });
  });

  test('is not posted when another amount is owed by then; refused, it can be written off anew', async () => {
    const id = await propose();
    await owe(debtor, 1n);
    await expect(approveCorrection(shop.db, second, { id })).rejects.toMatchObject({ code: 'debt_changed' });
    await refuseCorrection(shop.db, second, { id, because: 'Another amount is owed' });
    await expect(approveCorrection(shop.db, second, { id })).rejects.toMatchObject({ code: 'wrong_state' });
    expect(await owed(debtor)).toBe(LIMIT + 2n);
    const again = newId();
    await writeOff(first, debtor, again);
    await approveCorrection(shop.db, second, { id: again });
    expect(await owed(debtor)).toBe(0n);
    expect((await listProposals(shop.db, second)).some((one) => one.id === again || one.id === id)).toBe(false);
  });
});

describe('the debt of a lost dispute', () => {
  let creator: Actor;
  let purchase: Purchase;
  let dispute: string;
  let run: string;
  const books = () => booksOf(shop, [debtor.userId, creator.userId], purchase.id);
  const step = async (to: string) => {
    shop.simulator.act('step-dispute', { id: dispute, step: to } as never);
    await deliverAll(shop, purchase);
  };

  beforeEach(async () => {
    creator = await signUp(shop);
    purchase = await buy(shop, debtor, { packId: 'c500' });
    await deliverAll(shop, purchase);
    run = await spend(shop, debtor, 200_000n, creator.userId);
    dispute = (shop.simulator.act('dispute', { id: purchase.id, terms: {} } as never) as { id: string }).id;
    await deliverAll(shop, purchase);
    await step('lose');
  });

  test('written off, creators have what was kept aside, and what was made with it is settled', async () => {
    expect(await books()).toEqual({ dispute_reserve: '180000', collector_debt: '-200000' });
    expect(await listDebts(shop.db, first)).toContainEqual(
      expect.objectContaining({ userId: debtor.userId, owedMillicredits: '200000', reserveMillicredits: '180000', causes: ['card'] }),
    );
    await writeOff(first, debtor);
    expect(await books()).toEqual({ 'creator_pending 1': '180000' });
    expect([await isFrozen(shop, debtor), (await disputedCaptures(shop.db.pool, [run])).size]).toEqual([false, 0]);
    expect(await borne(debtor)).toBe(-200_000n);
  });

  test('won on appeal after that, it is the house’s money that comes back, not the collector’s', async () => {
    await writeOff(first, debtor);
    await step('appeal');
    await step('win');
    expect(await books()).toEqual({ collector_purchased: '300000', 'creator_pending 1': '180000' });
    expect(await borne(debtor)).toBe(0n);
  });

  test('of which a part was repaid before, the house bears the rest, and on appeal each has theirs back', async () => {
    const debit = await openAccount(shop.db.pool, 'till_clearing', 'house');
    const deposit = { ref: newId(), userId: debtor.userId, bucket: 'onchain' as const, debit, amountMillicredits: 50_000n, code: 'deposit' as const };
    await inTransaction(shop.db.pool, (tx) => creditCollector(tx, deposit));
    await writeOff(first, debtor);
    expect(await borne(debtor)).toBe(-150_000n);
    await step('appeal');
    await step('win');
    expect(await books()).toEqual({ collector_purchased: '350000', 'creator_pending 1': '180000' });
    expect(await borne(debtor)).toBe(0n);
  });
});
