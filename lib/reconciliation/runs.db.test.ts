import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { approveCorrection } from '@/lib/corrections/approve-correction';
import { proposeCorrection } from '@/lib/corrections/propose-correction';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { seedPerson } from '@/prisma/seed/people';
import { amountFinding, type Check, type Finding } from './finding';
import { reconciliationLoops } from './jobs';
import { openRun } from './open-run';
import { performRun } from './perform-run';
import { listRuns, listStandingFindings } from './queries';
import { requestRun } from './request-run';

const OPERATOR = '0x00000000000000000000000000000000000000aa';
const OTHER = '0x00000000000000000000000000000000000000ab';
vi.stubEnv('OPERATOR_ADDRESSES', `${OPERATOR},${OTHER}`);

const db = openDatabase(process.env.DATABASE_URL ?? '');
let operator: Actor;

const wrong = (subject: string, severity: Finding['severity'] = 'difference') =>
  amountFinding({ kind: 'wrong_amount', subject, severity, explanation: 'It is planted.' }, 'millicredits', 5n, 4n);
const saying = (name: Check['name'], ...findings: Finding[]): Check => ({ name, run: async () => ({ compared: 'two things', findings }) });
const failing = (name: Check['name']): Check => ({ name, run: () => Promise.reject(new Error('the other side does not answer')) });

/** Opens a run and performs it with these checks. */
async function reconcile(...checks: Check[]) {
  const id = await inPool((tx) => openRun(tx, { trigger: 'command' }));
  expect(await performRun(db, id, checks)).toBe(true);
  return id;
}
async function inPool<T>(work: (tx: Parameters<typeof openRun>[0]) => Promise<T>): Promise<T> {
  const tx = await db.pool.connect();
  return work(tx).finally(() => tx.release());
}
const alerts = () => db.prisma.operatorAlert.findMany({ orderBy: { createdAt: 'asc' } });
const standing = async () => (await listStandingFindings(db, operator)).map(({ subject, severity }) => [subject, severity]);

beforeEach(async () => {
  await db.pool.query(
    'DELETE FROM reconciliation_finding; DELETE FROM reconciliation_run; DELETE FROM operator_alert; DELETE FROM graphile_worker._private_jobs',
  );
  const user = await db.prisma.user.upsert({ where: { address: OPERATOR }, update: {}, create: { id: newId(), address: OPERATOR } });
  operator = { userId: user.id, address: OPERATOR, sessionId: newId() };
});
afterAll(() => db.close());

/** Two operators' correction of this amount, for the finding that stands. */
async function correct(amount: string): Promise<void> {
  const [finding] = await listStandingFindings(db, operator);
  const other = await seedPerson(db, OTHER);
  const id = newId();
  const [debit, credit] = [
    { kind: 'promotion', owner: 'house', sub: '' },
    { kind: 'platform_fee', owner: 'house', sub: '' },
  ] as const;
  await proposeCorrection(db, operator, { id, debit, credit, amount, reason: 'It was planted', findingId: finding?.id });
  await approveCorrection(db, other, { id });
}

describe('a difference that operators correct', () => {
  const planted = { ...wrong('hold 1'), difference: '-7' };

  test('is a note from the next run on, when the corrections are of its amount', async () => {
    await reconcile(saying('holds', planted));
    await correct('5');
    await reconcile(saying('holds', planted));
    expect(await standing()).toEqual([['hold 1', 'difference']]);
    await correct('2');
    await reconcile(saying('holds', planted));
    const [finding] = await listStandingFindings(db, operator);
    expect(finding).toMatchObject({ severity: 'note', explanation: expect.stringContaining('Mended') });
    expect((await alerts()).length).toBe(1);
  });

  test('is a difference again, and an alert, when it grows', async () => {
    await reconcile(saying('holds', planted));
    await correct('7');
    await reconcile(saying('holds', planted));
    expect(await standing()).toEqual([['hold 1', 'note']]);
    await reconcile(saying('holds', { ...planted, difference: '-8' }));
    expect(await standing()).toEqual([['hold 1', 'difference']]);
    expect((await alerts()).length).toBe(2);
  });
});

describe('a run', () => {
  test('says of each check what was compared, what differs, and which could not be made', async () => {
    await reconcile(saying('ledger'), saying('holds', wrong('hold 1')), failing('deposits'), { name: 'till', run: async () => ({ off: 'no till' }) });
    const [run] = await listRuns(db, operator);
    expect(run).toMatchObject({ state: 'done', trigger: 'command', current: null });
    expect(run?.outcomes.map(({ check, state, said }) => [check, state, said])).toEqual([
      ['ledger', 'ok', 'two things'],
      ['holds', 'differs', 'two things'],
      ['deposits', 'failed', 'the other side does not answer'],
      ['till', 'off', 'no till'],
    ]);
  });

  test('is one, however many ask for it at the same moment', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => requestRun(db, operator)));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    const { rows } = await db.pool.query(`SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'reconcile'`);
    expect(rows[0].n).toBe(1);
  });

  test('is made by one process: who comes second leaves it alone', async () => {
    let go = () => {};
    let entered = () => {};
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const slow: Check = {
      name: 'ledger',
      run: async () => {
        entered();
        await gate;
        return { compared: '', findings: [] };
      },
    };
    const id = await inPool((tx) => openRun(tx, { trigger: 'command' }));
    const first = performRun(db, id, [slow]);
    await inside;
    expect((await listRuns(db, operator))[0]).toMatchObject({ state: 'running', current: 'ledger' });
    expect(await performRun(db, id, [failing('holds')])).toBe(false);
    go();
    expect(await first).toBe(true);
    expect(await performRun(db, id, [failing('holds')])).toBe(false);
  });

  test('that a dead process left is taken up from the beginning', async () => {
    const id = await inPool((tx) => openRun(tx, { trigger: 'schedule' }));
    await db.pool.query(`UPDATE reconciliation_run SET state = 'running', current_check = 'till', outcomes = '[{"check": "ledger"}]' WHERE id = $1`, [
      id,
    ]);
    expect(await performRun(db, id, [saying('ledger')])).toBe(true);
    expect((await listRuns(db, operator))[0]).toMatchObject({ state: 'done', outcomes: [{ check: 'ledger', state: 'ok' }] });
  });

  test('comes by schedule when the last one is old enough, and not before', async () => {
    const [loop] = reconciliationLoops;
    await loop?.run(db);
    await loop?.run(db);
    expect(await listRuns(db, operator)).toMatchObject([{ trigger: 'schedule', state: 'waiting' }]);
    const id = await inPool((tx) => openRun(tx, { trigger: 'schedule' }));
    await performRun(db, id, [saying('ledger')]);
    await loop?.run(db);
    expect(await listRuns(db, operator)).toHaveLength(1);
    await db.pool.query(`UPDATE reconciliation_run SET ended_at = now() - interval '61 minutes'`);
    await loop?.run(db);
    expect(await listRuns(db, operator)).toHaveLength(2);
  });

  test('is shown to operators only', async () => {
    const stranger = { ...operator, address: '0x00000000000000000000000000000000000000bb' as const };
    await expect(requestRun(db, stranger)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listRuns(db, stranger)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listStandingFindings(db, stranger)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a finding', () => {
  test('stands from the first run that sees it until one does not, and operators are alerted once', async () => {
    await reconcile(saying('holds', wrong('hold 1')));
    const [first] = await listStandingFindings(db, operator);
    await reconcile(saying('holds', wrong('hold 1'), wrong('hold 2', 'note')));
    const later = (await listStandingFindings(db, operator)).find(({ subject }) => subject === 'hold 1');
    expect(later).toMatchObject({ id: first?.id, firstSeenAt: first?.firstSeenAt, resolvedAt: null });
    expect(await alerts()).toHaveLength(1);
    await reconcile(saying('holds'));
    expect(await standing()).toEqual([]);
    await reconcile(saying('holds', wrong('hold 1')));
    expect((await listStandingFindings(db, operator))[0]?.id).not.toBe(first?.id);
    expect(await alerts()).toHaveLength(2);
  });

  test('in flight alerts nobody until it does not arrive', async () => {
    await reconcile(saying('holds', wrong('hold 1', 'in_flight')));
    expect(await alerts()).toEqual([]);
    await reconcile(saying('holds', wrong('hold 1')));
    expect(await alerts()).toMatchObject([{ kind: 'books_differ', details: { check: 'holds', expected: '5', actual: '4' } }]);
    expect(await standing()).toEqual([['hold 1', 'difference']]);
  });

  test('in flight for longer than it may be is a difference, by when it was first seen', async () => {
    const slow = { ...wrong('hold 1', 'in_flight'), graceMinutes: 20 };
    await reconcile(saying('holds', slow));
    expect((await listRuns(db, operator))[0]?.outcomes).toMatchObject([{ state: 'in_flight' }]);
    await db.pool.query(`UPDATE reconciliation_finding SET first_seen_at = now() - interval '21 minutes'`);
    await reconcile(saying('holds', slow));
    expect((await listRuns(db, operator))[0]?.outcomes).toMatchObject([{ state: 'differs', differences: 1 }]);
    expect((await listStandingFindings(db, operator))[0]?.explanation).toContain('It has stood for 21 minutes');
    expect(await alerts()).toHaveLength(1);
  });

  test('of a check that could not be made stands as it was', async () => {
    await reconcile(saying('holds', wrong('hold 1')));
    await reconcile(failing('holds'));
    await reconcile({ name: 'holds', run: async () => ({ off: 'no keys' }) });
    expect(await standing()).toEqual([['hold 1', 'difference']]);
  });

  test('is one alert for each check, however many there are', async () => {
    await reconcile(saying('holds', wrong('hold 1'), wrong('hold 2'), wrong('hold 3')), saying('till', wrong('till 1')));
    expect((await alerts()).map(({ text }) => text.split('.')[0])).toEqual([
      'Credits set aside: 3 new differences',
      'Money in the till: a new difference',
    ]);
  });
});
