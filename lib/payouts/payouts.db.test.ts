import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { balanceOf, openAccount } from '@/lib/credits/accounts';
import { creditCollector } from '@/lib/credits/credit-collector';
import { derivedRef } from '@/lib/credits/derived-ref';
import { freezeSpending } from '@/lib/credits/freeze-spending';
import { postTransfer } from '@/lib/credits/post-transfer';
import { auditBooks } from '@/lib/credits/queries';
import { takeBack } from '@/lib/credits/take-back';
import { inTransaction, openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { seedPerson } from '@/prisma/seed/people';
import { approvePayout } from './approve-payout';
import { enqueueForgotten } from './enqueue-sending';
import { getEarnings } from './get-earnings';
import { listEndedPayouts, listOpenPayouts, listPayouts } from './queries';
import { requestPayout } from './request-payout';
import { type PayoutOutlets, sendPayout } from './send-payout';
import { earn, newcomer } from './testing/earn';
import { MANY_OPERATORS, newOperator } from './testing/operators';
import { RecordingRail } from './testing/recording-rail';
import { cancelPayout, rejectPayout } from './withdraw-payout';

const FIRST = '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955';
const SECOND = '0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f';
vi.stubEnv('OPERATOR_ADDRESSES', `${FIRST},${SECOND},${MANY_OPERATORS}`);
vi.stubEnv('PAYOUT_SECOND_APPROVAL_MILLICREDITS', '5000000');

const db = openDatabase(process.env.DATABASE_URL ?? '');
let first: Actor;
let second: Actor;

beforeAll(async () => {
  first = await seedPerson(db, FIRST);
  second = await seedPerson(db, SECOND);
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

const destination = async () => 'acct_test';
const ask = (creator: Actor, credits: number, id = newId()) => requestPayout(db, creator, { id, credits, rail: 'connect' }, destination);
const stateOf = async (id: string) => (await db.prisma.payout.findUniqueOrThrow({ where: { id } })).state;
const earnings = (creator: Actor) => getEarnings(db, creator, 30);
const jobsOf = async (id: string) => (await db.pool.query(`SELECT 1 FROM graphile_worker.jobs WHERE key = 'payout:' || $1::text`, [id])).rowCount;

function outlets(): { rail: RecordingRail; to: PayoutOutlets } {
  const rail = new RecordingRail();
  return { rail, to: { rails: { connect: rail, eth: rail, usdc: rail }, ethRate: async () => ({ usdCents: 250_000, source: 'test' }) } };
}

/** A creator with this much available, and a payout of all of it. */
async function requested(credits: number): Promise<{ creator: Actor; id: string }> {
  const creator = await newcomer(db);
  await earn(db, creator, { millicredits: BigInt(credits) * 1000n });
  const id = newId();
  await ask(creator, credits, id);
  return { creator, id };
}

async function approved(credits: number): Promise<{ creator: Actor; id: string }> {
  const made = await requested(credits);
  await approvePayout(db, await newOperator(db), { id: made.id });
  return made;
}

/** A refund of a card payment whose credits are spent. */
const owe = (creator: Actor) =>
  inTransaction(db.pool, async (tx) => {
    const credit = await openAccount(tx, 'card_clearing', 'house');
    const code = 'card_refund' as const;
    await takeBack(tx, { ref: newId(), userId: creator.userId, buckets: ['purchased'], credit, amountMillicredits: 1_000n, code });
  });

describe('a request', () => {
  test('sets earnings aside, and the totals say where they are', async () => {
    const { creator, id } = await requested(1_000);
    expect(await earnings(creator)).toMatchObject({ availableMillicredits: '0', onTheWayMillicredits: '1000000', paidMillicredits: '0' });
    expect(await listPayouts(db, creator)).toMatchObject([{ id, state: 'requested', millicredits: '1000000', destination: 'acct_test' }]);
  });

  test('under an id in capitals is the same payout, and ends as any other', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 2_000_000n });
    const id = newId();
    expect((await ask(creator, 1_000, id.toUpperCase())).payout.id).toBe(id);
    expect((await ask(creator, 1_000, id)).isNew).toBe(false);
    await approvePayout(db, await newOperator(db), { id });
    const { rail, to } = outlets();
    await sendPayout(db, to, id);
    expect([rail.sends, await stateOf(id)]).toEqual([1, 'sent']);
    expect(await earnings(creator)).toMatchObject({ availableMillicredits: '1000000', onTheWayMillicredits: '0', paidMillicredits: '1000000' });
  });

  test('sent twice is one payout; the same id for something else is refused', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 3_000_000n });
    const id = newId();
    const asked = await Promise.all(Array.from({ length: 5 }, () => ask(creator, 1_000, id)));
    expect(asked.filter(({ isNew }) => isNew)).toHaveLength(1);
    await expect(ask(creator, 2_000, id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(requestPayout(db, creator, { id, credits: 1_000, rail: 'eth' }, destination)).rejects.toMatchObject({ code: 'conflict' });
    const stranger = await newcomer(db);
    await earn(db, stranger, { millicredits: 1_000_000n });
    await expect(ask(stranger, 1_000, id)).rejects.toMatchObject({ code: 'conflict' });
    expect((await earnings(creator)).availableMillicredits).toBe('2000000');
  });

  test('for the last credit wins once, however many ask at the same moment', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 1_999_000n });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => ask(creator, 1_000)));
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    for (const r of results) if (r.status === 'rejected') expect(r.reason).toMatchObject({ code: 'insufficient_earnings' });
    expect(await earnings(creator)).toMatchObject({ availableMillicredits: '999000', onTheWayMillicredits: '1000000' });
  });

  test('cannot reach what pends', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 5_000_000n, paidWith: 'card' });
    await expect(ask(creator, 1_000)).rejects.toMatchObject({ code: 'insufficient_earnings' });
    expect(await earnings(creator)).toMatchObject({ pendingMillicredits: '5000000', availableMillicredits: '0' });
  });

  test('has to wait for a debt to be settled', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 2_000_000n });
    await owe(creator);
    await expect(ask(creator, 1_000)).rejects.toMatchObject({ code: 'payout_blocked' });
  });

  test('is taken back by its creator only while nobody decided, and by nobody else', async () => {
    const { creator, id } = await requested(1_000);
    await expect(cancelPayout(db, await newcomer(db), { id })).rejects.toMatchObject({ code: 'not_found' });
    await cancelPayout(db, creator, { id });
    await expect(cancelPayout(db, creator, { id })).rejects.toMatchObject({ code: 'wrong_state' });
    expect((await earnings(creator)).availableMillicredits).toBe('1000000');
    const other = await approved(1_000);
    await expect(cancelPayout(db, other.creator, { id: other.id })).rejects.toMatchObject({ code: 'wrong_state' });
  });
});

test('a request that arrives again while it is taken back stands in nobody’s way', async () => {
  for (let round = 0; round < 10; round++) {
    const { creator, id } = await requested(1_000);
    await Promise.all([cancelPayout(db, creator, { id }), ...Array.from({ length: 6 }, () => ask(creator, 1_000, id))]);
    expect(await stateOf(id)).toBe('cancelled');
  }
});

describe('approval', () => {
  test('is an operator’s to give, and one is enough below the limit', async () => {
    const { creator, id } = await requested(5_000);
    await expect(approvePayout(db, creator, { id })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await approvePayout(db, await newOperator(db), { id })).toEqual({ state: 'approved' });
    expect(await jobsOf(id)).toBe(1);
    await expect(approvePayout(db, second, { id })).rejects.toMatchObject({ code: 'wrong_state' });
  });

  test('above the limit needs two different operators', async () => {
    const { id } = await requested(5_001);
    expect(await approvePayout(db, first, { id })).toEqual({ state: 'requested' });
    await expect(approvePayout(db, first, { id })).rejects.toMatchObject({ code: 'already_decided' });
    expect(await jobsOf(id)).toBe(0);
    const mine = (await listOpenPayouts(db, first)).find((p) => p.id === id);
    expect(mine).toMatchObject({ decidable: false, approvalsNeeded: 2, approvals: [{ operator: FIRST.toLowerCase() }] });
    expect((await listOpenPayouts(db, second)).find((p) => p.id === id)).toMatchObject({ decidable: true });
    expect(await approvePayout(db, second, { id })).toEqual({ state: 'approved' });
    expect(await jobsOf(id)).toBe(1);
  });

  test('cannot be dodged by many small requests within a day', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 9_000_000n });
    const small = [];
    for (let i = 0; i < 3; i++) small.push((await ask(creator, 2_000)).payout.approvalsNeeded);
    expect(small).toEqual([1, 1, 2]);
  });

  test('by one operator alone lets out no more than the limit within a day, however many the creators are', async () => {
    const alone = await newOperator(db);
    const ids = [];
    for (let i = 0; i < 4; i++) ids.push((await requested(2_000)).id);
    const results = await Promise.all(ids.map((id) => approvePayout(db, alone, { id })));
    expect(results.map(({ state }) => state).sort()).toEqual(['approved', 'approved', 'requested', 'requested']);
    const waiting = await db.prisma.payout.findMany({ where: { id: { in: ids }, state: 'requested' } });
    expect(waiting.map((p) => p.approvalsNeeded)).toEqual([2, 2]);
    for (const { id } of waiting) expect(await approvePayout(db, second, { id })).toEqual({ state: 'approved' });
  });

  test('waits while the creator owes credits or a payment of theirs is disputed, and the queue says so', async () => {
    const { creator, id } = await requested(1_000);
    const stop = newId();
    const dispute = (on: boolean) => inTransaction(db.pool, (tx) => freezeSpending(tx, { userId: creator.userId, ref: stop, on }));
    await dispute(true);
    await expect(approvePayout(db, second, { id })).rejects.toMatchObject({ code: 'creator_blocked' });
    await expect(ask(creator, 1_000)).rejects.toMatchObject({ code: 'payout_blocked' });
    const shown = async () => (await listOpenPayouts(db, second)).find((p) => p.id === id);
    expect(await shown()).toMatchObject({ claim: 'disputed', decidable: false, rejectable: true });
    await owe(creator);
    await dispute(false);
    expect(await shown()).toMatchObject({ claim: 'owes', decidable: false });
    await expect(approvePayout(db, second, { id })).rejects.toMatchObject({ code: 'creator_blocked' });
  });

  test('of one’s own payout is refused, by the code and by the database', async () => {
    await earn(db, first, { millicredits: 1_000_000n });
    const { payout } = await ask(first, 1_000);
    await expect(approvePayout(db, first, { id: payout.id })).rejects.toMatchObject({ code: 'own_payout' });
    await expect(rejectPayout(db, first, { id: payout.id, reason: 'no reason' })).rejects.toMatchObject({ code: 'own_payout' });
    const insert = db.pool.query('INSERT INTO payout_approval (payout_id, operator_id) VALUES ($1, $2)', [payout.id, first.userId]);
    await expect(insert).rejects.toMatchObject({ code: 'PO903' });
    expect(await approvePayout(db, second, { id: payout.id })).toEqual({ state: 'approved' });
  });

  test('is counted by the database: no code path sends what too few approved', async () => {
    const { id } = await requested(5_001);
    await approvePayout(db, first, { id });
    const set = (sql: string) => db.pool.query(`UPDATE payout SET ${sql} WHERE id = $1`, [id]);
    await expect(set(`state = 'approved'`)).rejects.toMatchObject({ code: 'PO902' });
    await expect(set(`state = 'sending', amount_out = 1`)).rejects.toMatchObject({ code: 'PO901' });
    await expect(set(`approvals_needed = 1`)).rejects.toMatchObject({ code: 'PO901' });
    await expect(set(`destination = 'acct_other'`)).rejects.toMatchObject({ code: 'PO901' });
    await expect(db.pool.query('DELETE FROM payout_approval WHERE payout_id = $1', [id])).rejects.toMatchObject({ code: 'PO900' });
  });

  test('or rejection: a no gives the credits back with its reason, also after a yes', async () => {
    const { creator, id } = await approved(1_000);
    await expect(rejectPayout(db, creator, { id, reason: 'mine' })).rejects.toMatchObject({ code: 'forbidden' });
    await rejectPayout(db, second, { id, reason: 'Please ask again from the other account' });
    expect((await earnings(creator)).availableMillicredits).toBe('1000000');
    expect(await listPayouts(db, creator)).toMatchObject([{ state: 'cancelled', error: 'Please ask again from the other account' }]);
    const { rail, to } = outlets();
    await sendPayout(db, to, id);
    expect(rail.sends).toBe(0);
  });

  test('queues are for operators', async () => {
    const stranger = await newcomer(db);
    await expect(listOpenPayouts(db, stranger)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listEndedPayouts(db, stranger)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('sending', () => {
  test('pays once, however many workers send at the same moment and later', async () => {
    const { creator, id } = await approved(1_500);
    const { rail, to } = outlets();
    await Promise.all(Array.from({ length: 8 }, () => sendPayout(db, to, id)));
    await sendPayout(db, to, id);
    expect(rail.sends).toBe(1);
    expect([...rail.sent.values()]).toEqual([{ id, destination: 'acct_test', amountOut: 1_500n }]);
    expect(await earnings(creator)).toMatchObject({ availableMillicredits: '0', onTheWayMillicredits: '0', paidMillicredits: '1500000' });
    expect(await listEndedPayouts(db, first)).toContainEqual(expect.objectContaining({ id, state: 'sent', creator: creator.address }));
  });

  test('of something not approved does nothing', async () => {
    const { id } = await requested(1_000);
    const { rail, to } = outlets();
    await sendPayout(db, to, id);
    expect([rail.sends, await stateOf(id)]).toEqual([0, 'requested']);
  });

  test('waits when its creator has come to owe credits after it was approved, and goes on once that is settled', async () => {
    const { creator, id } = await approved(1_000);
    await owe(creator);
    const { rail, to } = outlets();
    await sendPayout(db, to, id);
    expect([rail.sends, await stateOf(id)]).toEqual([0, 'approved']);
    await inTransaction(db.pool, async (tx) => {
      const debit = await openAccount(tx, 'till_clearing', 'house');
      await creditCollector(tx, { ref: newId(), userId: creator.userId, bucket: 'onchain', debit, amountMillicredits: 1_000n, code: 'deposit' });
    });
    await sendPayout(db, to, id);
    expect([rail.sends, await stateOf(id)]).toEqual([1, 'sent']);
  });

  test.each(['find', 'send', 'sent'] as const)('survives a crash at "%s": one effect, whatever is tried after', async (step) => {
    const { creator, id } = await approved(1_000);
    const { rail, to } = outlets();
    rail.fault = (at) => {
      if (at === step) throw new Error(`killed at ${at}`);
    };
    for (let i = 0; i < 3; i++)
      await expect(sendPayout(db, to, id))
        .rejects.toThrow(step === 'sent' && i > 0 ? '' : 'killed')
        .catch(() => {});
    rail.fault = () => {};
    await sendPayout(db, to, id);
    expect([rail.sends, await stateOf(id)]).toEqual([1, 'sent']);
    expect((await earnings(creator)).paidMillicredits).toBe('1000000');
  });

  test('does not send again what the other side has, when the answer was lost', async () => {
    const { id } = await approved(1_000);
    const { rail, to } = outlets();
    rail.fault = (at) => {
      if (at === 'sent') throw new Error('connection reset');
    };
    await expect(sendPayout(db, to, id)).rejects.toThrow('connection reset');
    expect([rail.sends, await stateOf(id)]).toEqual([1, 'sending']);
    rail.fault = () => {};
    rail.remembersKeys = false;
    await sendPayout(db, to, id);
    expect([rail.sends, await stateOf(id)]).toEqual([1, 'sent']);
  });

  test('that is refused for good gives the credits back, once, and the creator can ask again', async () => {
    const { creator, id } = await approved(1_000);
    const { rail, to } = outlets();
    rail.refuses = 'This account cannot take transfers';
    await Promise.all([sendPayout(db, to, id), sendPayout(db, to, id)]);
    expect(await listPayouts(db, creator)).toMatchObject([{ state: 'failed', error: 'This account cannot take transfers' }]);
    expect((await earnings(creator)).availableMillicredits).toBe('1000000');
    expect((await ask(creator, 1_000)).isNew).toBe(true);
  });

  test('fixes the amount before the first attempt: another rate changes nothing', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 1_000_000n });
    const id = newId();
    await requestPayout(db, creator, { id, credits: 1_000, rail: 'eth' }, async () => creator.address);
    await approvePayout(db, await newOperator(db), { id });
    const { rail, to } = outlets();
    rail.fault = () => {
      throw new Error('killed');
    };
    await expect(sendPayout(db, to, id)).rejects.toThrow('killed');
    rail.fault = () => {};
    await sendPayout(db, { ...to, ethRate: async () => ({ usdCents: 1, source: 'wrong' }) }, id);
    expect(rail.sent.get(id)?.amountOut).toBe(4_000_000_000_000_000n);
    const row = await db.prisma.payout.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ state: 'sent', ethUsdCents: 250_000, rateSource: 'test' });
  });

  test('cannot end both ways: the ledger refuses the second end', async () => {
    const { creator, id } = await approved(1_000);
    const { to } = outlets();
    await sendPayout(db, to, id);
    const back = postTransfer(db.pool, {
      ref: derivedRef('payout end', id),
      debit: await openAccount(db.pool, 'payout_clearing', id),
      credit: await openAccount(db.pool, 'creator_available', creator.userId),
      amountMillicredits: 1_000_000n,
      code: 'payout_failed',
    });
    await expect(back).rejects.toMatchObject({ code: 'conflict' });
    await expect(db.pool.query(`UPDATE payout SET state = 'failed' WHERE id = $1`, [id])).rejects.toMatchObject({ code: 'PO901' });
  });

  test('is taken up again when its job was lost, and not beside a job that will run', async () => {
    const { id } = await approved(1_000);
    await db.pool.query(`UPDATE payout SET approved_at = now() - interval '2 minutes' WHERE id = $1`, [id]);
    const forgotten = async () => {
      await enqueueForgotten(db);
      return jobsOf(id);
    };
    expect(await forgotten()).toBe(1);
    await db.pool.query(`SELECT graphile_worker.remove_job('payout:' || $1::text)`, [id]);
    expect(await jobsOf(id)).toBe(0);
    expect(await forgotten()).toBe(1);
  });
});

test('the audit sees a payout whose ledger says something else', async () => {
  const { id } = await requested(1_234);
  const clearing = await openAccount(db.pool, 'payout_clearing', id);
  expect((await balanceOf(db.pool, clearing)).posted).toBe(1_234_000n);
  await inTransaction(db.pool, async (tx) => {
    const credit = await openAccount(tx, 'paid_out', newId());
    await postTransfer(tx, { ref: newId(), debit: clearing, credit, amountMillicredits: 1_234_000n, code: 'payout_sent' });
    const { rows } = await tx.query('SELECT what, id FROM payout_audit');
    expect(rows).toEqual([{ what: 'payout requested against its ledger', id }]);
    throw new Error('undone');
  }).catch((error: Error) => expect(error.message).toBe('undone'));
});
