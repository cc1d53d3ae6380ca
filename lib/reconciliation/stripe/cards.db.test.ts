import { afterAll, describe, expect, test, vi } from 'vitest';
import { buy, deliver, deliverAll, eventsOf, openCardShop, type Purchase, signUp, spend } from '@/lib/payments/card/testing/card-shop';
import { newcomer } from '@/lib/payouts/testing/earn';
import { asOwner } from '../testing/as-owner';
import { runOne } from '../testing/run-one';
import { checkCards } from './check-cards';
import { checkPurchases } from './check-purchases';

const shop = await openCardShop(process.env.DATABASE_URL);
const { db, simulator } = shop;
const settings = { STRIPE_SECRET_KEY: 'sk_test_simulator', STRIPE_WEBHOOK_SECRET: 'whsec_simulator', STRIPE_API_BASE: simulator.url };
for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
afterAll(() => shop.close());

const all = async () => [...(await runOne(db, checkPurchases)), ...(await runOne(db, checkCards))];
const kinds = async () => (await all()).map(({ kind, severity }) => `${kind}: ${severity}`).sort();

/** A purchase that was paid and booked. */
async function bought(): Promise<Purchase> {
  const purchase = await buy(shop, await signUp(shop));
  await deliverAll(shop, purchase);
  return purchase;
}

/** Plants a contradiction, sees what is said, takes it out again, and makes sure that nothing is said then. */
async function planted(plant: string, undo: string) {
  expect(await asOwner(plant)).toBeGreaterThan(0);
  const findings = await all();
  expect(await asOwner(undo)).toBeGreaterThan(0);
  expect(await kinds()).toEqual([]);
  return findings;
}

/** Lets time pass at the card processor, whose clock the simulator keeps: what happened just now is old for this look. */
async function later<T>(look: () => Promise<T>): Promise<T> {
  const now = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(now + 3600_000);
  return look().finally(() => vi.restoreAllMocks());
}

describe('what was booked as it happened', () => {
  test('purchases, refunds in part, and disputes won and lost leave nothing to say', async () => {
    const [kept, refunded, won, lost] = [await bought(), await bought(), await bought(), await bought()];
    await spend(shop, lost.actor, 200_000n, (await newcomer(db)).userId);
    simulator.act('refund', { id: refunded.id, amount: 150 });
    for (const [purchase, step] of [
      [won, 'win'],
      [lost, 'lose'],
    ] as const) {
      const { id } = simulator.act('dispute', { id: purchase.id, terms: {} }) as { id: string };
      await deliverAll(shop, purchase);
      expect(await kinds()).toEqual(expect.not.arrayContaining([expect.stringContaining('difference')]));
      simulator.act('step-dispute', { id, step });
    }
    for (const purchase of [kept, refunded, won, lost]) await deliverAll(shop, purchase);
    expect(await kinds()).toEqual([]);
  });

  test('a checkout that nobody paid is nothing', async () => {
    await buy(shop, await signUp(shop), { pay: false });
    expect(await kinds()).toEqual([]);
  });
});

describe('what time explains', () => {
  test('a payment whose event has not come is in flight, and a difference when it does not come', async () => {
    const purchase = await buy(shop, await signUp(shop));
    expect(await kinds()).toEqual(['paid_not_credited: in_flight']);
    expect(await later(kinds)).toEqual(['paid_not_credited: difference']);
    await deliverAll(shop, purchase);
    expect(await later(kinds)).toEqual([]);
  });

  test('so is a refund, and a dispute', async () => {
    const [refunded, disputed] = [await bought(), await bought()];
    simulator.act('refund', { id: refunded.id });
    simulator.act('dispute', { id: disputed.id, terms: {} });
    expect(await kinds()).toEqual(['unknown_claim: in_flight', 'unknown_claim: in_flight']);
    expect(await later(kinds)).toEqual(['unknown_claim: difference', 'unknown_claim: difference']);
    for (const purchase of [refunded, disputed]) await deliverAll(shop, purchase);
    expect(await kinds()).toEqual([]);
  });

  test('a dispute that moved on is in flight until its event is handled', async () => {
    const purchase = await bought();
    const { id } = simulator.act('dispute', { id: purchase.id, terms: {} }) as { id: string };
    await deliverAll(shop, purchase);
    simulator.act('step-dispute', { id, step: 'win' });
    expect(await runOne(db, checkCards)).toMatchObject([
      { kind: 'other_state', severity: 'in_flight', graceMinutes: 20, expected: 'won', actual: 'open' },
    ]);
    const last = eventsOf(shop, purchase).at(-1);
    if (last) await deliver(shop, last);
    expect(await kinds()).toEqual([]);
  });
});

describe('what nothing explains', () => {
  test('a payment that we have no purchase for', async () => {
    const { id } = await bought();
    await asOwner('CREATE TABLE kept_purchase AS SELECT * FROM card_purchase');
    const findings = await planted(
      `DELETE FROM card_purchase WHERE id = '${id}'`,
      `INSERT INTO card_purchase SELECT * FROM kept_purchase WHERE id = '${id}'`,
    );
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['charge_without_purchase', 'credit_without_purchase', 'wrong_clearing']);
  });

  test('credits for a payment that the card processor does not have', async () => {
    const { id } = await bought();
    const findings = await planted(
      `UPDATE card_purchase SET payment_intent_id = 'x' || payment_intent_id WHERE id = '${id}'`,
      `UPDATE card_purchase SET payment_intent_id = substr(payment_intent_id, 2) WHERE id = '${id}'`,
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'never_charged', subject: `purchase ${id}`, difference: '500', unit: 'minor usd' }),
    );
  });

  test('another amount than was charged, and other credits than were sold', async () => {
    const { id } = await bought();
    const findings = await planted(
      `UPDATE card_purchase SET charged_minor = charged_minor + 1, credit_millicredits = credit_millicredits + 1000 WHERE id = '${id}'`,
      `UPDATE card_purchase SET charged_minor = charged_minor - 1, credit_millicredits = credit_millicredits - 1000 WHERE id = '${id}'`,
    );
    expect(findings.map(({ kind, difference }) => [kind, difference]).sort()).toEqual([
      ['wrong_amount', '1'],
      ['wrong_clearing', '1000'],
      ['wrong_credit', '-1000'],
    ]);
  });

  test('a refund that was taken from nobody, and one that the card processor does not have', async () => {
    const { id } = await bought();
    const findings = await planted(
      `INSERT INTO card_refund (id, purchase_id, state, amount_minor, millicredits) VALUES ('re_invented', '${id}', 'taken', 100, 100000)`,
      `DELETE FROM card_refund WHERE id = 're_invented'`,
    );
    expect(findings.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'wrong_refund refund re_invented',
      'wrong_clearing card_clearing',
      'invented_claim refund re_invented',
    ]);
  });

  test('a reserve that holds something else than disputes took aside', async () => {
    const purchase = await bought();
    simulator.act('dispute', { id: purchase.id, terms: {} });
    await deliverAll(shop, purchase);
    const of = `dispute_id IN (SELECT id FROM card_dispute WHERE purchase_id = '${purchase.id}')`;
    const findings = await planted(
      `UPDATE card_dispute_part SET millicredits = millicredits - 5 WHERE ${of}`,
      `UPDATE card_dispute_part SET millicredits = millicredits + 5 WHERE ${of}`,
    );
    expect(findings).toMatchObject([{ kind: 'wrong_reserve', subject: `purchase ${purchase.id}`, difference: '5' }]);
  });
});
