import { expect } from 'vitest';
import { inTransaction, openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { newId } from '@/lib/ids';
import { accountOf, openAccount, purseOf } from '../accounts';
import { type Capture, captureHold, createCapturer, releaseHold, type Split } from '../capture-hold';
import { creditCollector } from '../credit-collector';
import { createHolder, holdCredits } from '../hold-credits';
import { refundCapture } from '../refund-capture';
import { takeBack } from '../take-back';
import { type Ask, feeOf, type Give, Model, type Pay } from './model';
import type { Chore, Step, Wish } from './steps';

const SOURCE = { bonus: ['promotion', 'grant'], purchased: ['card_clearing', 'purchase'], onchain: ['till_clearing', 'deposit'] } as const;
const TTL = { ttlSeconds: 900 };
const answerOf = (call: Promise<unknown>) => call.catch((error) => error.code ?? error);

/** One process of the app with collectors of its own, and the model of what the ledger must answer it. */
export async function startProcess(collectors: string[], creators: string[]) {
  const db = openDatabase(env.DATABASE_URL, 4);
  const { pool } = db;
  const model = new Model();
  const call = {
    any: createHolder(db, TTL),
    final: createHolder(db, { ...TTL, spendable: 'final' }),
    capture: createCapturer(db, 'run'),
  };
  const receivers: Omit<Split, 'amountMillicredits' | 'code'>[] = [];
  for (const creator of creators) {
    const pending = await openAccount(pool, 'creator_pending', creator, { sub: '2026-11-24' });
    receivers.push({ pending, available: await openAccount(pool, 'creator_available', creator) });
  }
  const fee = await accountOf(db, 'platform_fee', 'house');
  for (const user of collectors) await purseOf(db, user); // so that no look-up puts a later hold before an earlier one
  const acknowledged: (() => Promise<void>)[] = [];
  let operations = 0;

  const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % items.length];
  const captureOf = ({ id, total, creator }: Pay): Capture => {
    const to = receivers[creator] ?? { pending: fee, available: fee };
    const part = feeOf(total);
    return {
      id,
      splits: [
        { ...to, amountMillicredits: total - part, code: 'run_creator' },
        { pending: fee, available: fee, amountMillicredits: part, code: 'run_fee' },
      ],
    };
  };
  const holdOf = ({ id, user, amount }: Ask) => ({ id, userId: user, amountMillicredits: amount });

  /** Asks for all at once and compares each answer with the model's, which takes one after the other. */
  async function together<T>(items: T[], ask: (item: T) => Promise<unknown>, want: (item: T) => unknown): Promise<void> {
    const answers = await Promise.all(items.map((item) => answerOf(ask(item))));
    operations += items.length;
    for (const [i, item] of items.entries()) {
      const wanted = want(item);
      expect(answers[i], `${JSON.stringify(item, (_, v) => (typeof v === 'bigint' ? `${v}` : v))}`).toBe(wanted);
      if (wanted === 'ok') acknowledged.push(async () => expect(await answerOf(ask(item))).toBe('replay'));
    }
  }
  const hold = (asks: Ask[]) =>
    together(
      asks,
      (ask) => call[ask.final ? 'final' : 'any'](holdOf(ask)),
      (ask) => model.hold(ask),
    );
  const capture = (pays: Pay[]) =>
    together(
      pays,
      (pay) => call.capture(captureOf(pay)),
      (pay) => model.capture(pay),
    );

  const askOf = ({ pick: n, size, again, other }: Wish, final: boolean): Ask => {
    const known = again ? pick([...model.holds.values()], n) : undefined;
    if (known) return { ...known, amount: other ? known.amount + 1n : known.amount };
    return { id: newId(), user: pick(collectors, n) ?? '', amount: BigInt(size), final };
  };
  const payOf = ({ pick: n, size, again, other }: Wish, open: string[]): Pay => {
    const id = (again ? pick([...model.holds.keys()], n) : open.splice(n % (open.length || 1), 1)[0]) ?? newId();
    const known = model.holds.get(id);
    const amount = known?.amount ?? 1n;
    const total =
      again && known?.captured && !other ? known.captured : other ? amount + 1n : size > 100 ? amount : (amount * BigInt(size)) / 100n || 1n;
    return { id, total, creator: n % (creators.length + 1) };
  };
  const openHolds = () => [...model.holds.values()].filter(({ state }) => state === 'open').map(({ id }) => id);

  async function once(work: () => Promise<unknown>, apply: () => void): Promise<void> {
    await work();
    operations++;
    apply();
    acknowledged.push(async () => void (await work()));
  }
  async function give(gift: Give): Promise<void> {
    const [kind, code] = SOURCE[gift.bucket];
    const debit = await accountOf(db, kind, 'house');
    const credit = { ref: gift.ref, userId: gift.user, bucket: gift.bucket, debit, amountMillicredits: gift.amount, code };
    await once(
      () => inTransaction(pool, (tx) => creditCollector(tx, credit)),
      () => model.give(gift),
    );
  }
  async function chore({ what, pick: n, size }: Chore): Promise<void> {
    const [ref, user] = [newId(), pick(collectors, n) ?? ''];
    if (what === 'give')
      return give({ ref, user, bucket: pick(['bonus', 'purchased', 'onchain'] as const, n) ?? 'bonus', amount: BigInt(size) * 16n });
    if (what === 'take back') {
      const take = {
        ref,
        userId: user,
        buckets: ['purchased' as const, 'onchain' as const],
        amountMillicredits: BigInt(size) * 2n,
        code: 'deposit_reversal' as const,
      };
      const credit = await accountOf(db, 'till_clearing', 'house');
      return once(
        () => inTransaction(pool, (tx) => takeBack(tx, { ...take, credit })),
        () => model.takeBack({ ref, user, amount: take.amountMillicredits }),
      );
    }
    if (what === 'roll up')
      return once(
        () => pool.query('SELECT ledger.roll_up($1)', [pick(receivers, n)?.available ?? fee]),
        () => {},
      );
    const captured = pick(
      [...model.holds.values()].filter(({ state }) => state === 'captured'),
      n,
    );
    // Each capture is refunded at most once, as a refund under another ref would be another refund.
    if (captured)
      await once(
        () => inTransaction(pool, (tx) => refundCapture(tx, { capture: captured.id, ref: captured.id.replace(/^./, 'f') })),
        () => model.refund(captured.id, `refund ${captured.id}`),
      );
  }

  /** A transaction that holds and captures, and whose connection is killed before it commits: as if it had never been. */
  async function killed(asks: Ask[]): Promise<void> {
    const tx = await pool.connect();
    await tx.query('BEGIN');
    const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    for (const ask of asks) {
      const held = await holdCredits(tx, { ...holdOf(ask), ...TTL }).catch(() => null);
      if (held === 'ok') await captureHold(tx, captureOf({ id: ask.id, total: ask.amount, creator: 0 }), 'run');
    }
    await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await expect(tx.query('COMMIT')).rejects.toThrow();
    tx.release(true);
    operations += asks.length;
  }
  /** A hold that waits for a lock longer than it may: as if it had never been asked for. */
  async function timedOut(ask: Ask): Promise<void> {
    await inTransaction(pool, async (blocker) => {
      const { rows } = await blocker.query<{ id: string }>(
        'SELECT a.id FROM ledger.account a JOIN ledger.purse p ON p.id = a.purse_id WHERE p.owner = $1 AND NOT a.spent',
        [ask.user],
      );
      if (rows.length === 0) return;
      await blocker.query('SELECT ledger.lock_accounts($1)', [rows.map(({ id }) => id)]);
      const late = inTransaction(pool, async (tx) => {
        await tx.query(`SET LOCAL statement_timeout = '15ms'`);
        return holdCredits(tx, { ...holdOf(ask), ...TTL });
      });
      await expect(late).rejects.toMatchObject({ code: '57014' });
      operations++;
    });
  }

  async function play({ fault, holds, captures, releases, chores }: Step): Promise<void> {
    for (const one of chores) await chore(one);
    const asks = holds.map((wish, i) => askOf(wish, i % 11 === 0));
    const [fresh] = asks.filter(({ id }) => !model.holds.has(id));
    if (fault === 'killed') await killed(asks.filter(({ id, final }) => !final && !model.holds.has(id)).slice(0, 4));
    if (fault === 'timeout' && fresh && !fresh.final) await timedOut(fresh);
    for (const final of [false, true]) await hold(asks.filter((ask) => ask.final === final));
    const open = openHolds();
    const pays = captures.map((wish) => payOf(wish, open));
    await capture(pays);
    if (fault === 'lost') await capture(pays);
    await together(
      releases.map((wish) => pick([...model.holds.keys()], wish.pick) ?? newId()),
      (id) => releaseHold(pool, id),
      (id) => model.release(id),
    );
  }

  return {
    model,
    collectors,
    play,
    operations: () => operations,
    /** A good start: something in every purse. */
    fill: async () => {
      for (const [i, user] of collectors.entries())
        await give({ ref: newId(), user, bucket: pick(['purchased', 'onchain'] as const, i) ?? 'onchain', amount: 9_000n });
    },
    /** Asks again for the first `n` of everything that was acknowledged. */
    repeat: async (n: number) => {
      for (const again of acknowledged.slice(0, n)) await again();
      operations += Math.min(n, acknowledged.length);
    },
    endAll: async () =>
      together(
        openHolds(),
        (id) => releaseHold(pool, id),
        (id) => model.release(id),
      ),
    close: () => db.close(),
  };
}
export type Process = Awaited<ReturnType<typeof startProcess>>;
