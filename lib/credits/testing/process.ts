import { type Database, openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { newId } from '@/lib/ids';
import { accountOf, openAccount, purseOf } from '../accounts';
import { type Capture, createCapturer, releaseHold, type Split } from '../capture-hold';
import { createHolder } from '../hold-credits';
import { choreOf, giving, type Once } from './chores';
import { killInTransaction, timeOutAtLock } from './faults';
import { type Ask, feeOf, Model, type Pay } from './model';
import type { Step } from './steps';
import { askOf, idsOf, payOf, pick } from './wishes';

/** One batch after the other, so that the model knows which call came first. */
const IN_ORDER = { maxItems: 64 };

type Receiver = Pick<Split, 'pending' | 'available'>;
const answerOf = (call: Promise<unknown>) => call.catch((error) => error.code ?? error);
const holdOf = ({ id, user, amount }: Ask) => ({ id, userId: user, amountMillicredits: amount });

/** One process of the app with collectors of its own, and the model of what the ledger must answer it. The last receiver is the platform. */
export async function startProcess(collectors: string[], creators: string[]): Promise<Process> {
  const db = openDatabase(env.DATABASE_URL, 4);
  const receivers: Receiver[] = [];
  for (const creator of creators) {
    const pending = await openAccount(db.pool, 'creator_pending', creator, { sub: '2026-11-24' });
    receivers.push({ pending, available: await openAccount(db.pool, 'creator_available', creator) });
  }
  const fee = await accountOf(db, 'platform_fee', 'house');
  for (const user of collectors) await purseOf(db, user); // so that no look-up puts a later hold before an earlier one
  return new Process(db, collectors, [...receivers, { pending: fee, available: fee }]);
}

export class Process {
  readonly model = new Model();
  operations = 0;
  private readonly acknowledged: (() => Promise<void>)[] = [];
  private readonly call;

  constructor(
    private readonly db: Database & { close(): Promise<void> },
    readonly collectors: string[],
    private readonly receivers: Receiver[],
  ) {
    this.call = {
      any: createHolder(db, { ttlSeconds: 900 }, IN_ORDER),
      final: createHolder(db, { ttlSeconds: 900, spendable: 'final' }, IN_ORDER),
      capture: createCapturer(db, 'run', IN_ORDER),
    };
  }

  /** A good start: something in every purse. */
  async fill(): Promise<void> {
    for (const [i, user] of this.collectors.entries()) {
      await this.once(giving(this.db, this.model, { ref: newId(), user, bucket: i % 2 ? 'onchain' : 'purchased', amount: 9_000n }));
    }
  }

  async play({ fault, holds, captures, releases, chores }: Step): Promise<void> {
    const { db, model, collectors, receivers } = this;
    for (const wish of chores) {
      const chore = choreOf(db, model, collectors, wish);
      if (chore) await this.once(chore);
    }
    const asks = holds.map((wish, i) => askOf(model, collectors, wish, i % 11 === 0));
    await this.suffer(fault, asks);
    for (const final of [false, true]) await this.hold(asks.filter((ask) => ask.final === final));
    const open = idsOf(model, 'open');
    const pays = captures.map((wish) => payOf(model, open, receivers.length, wish));
    await this.capture(pays);
    if (fault === 'lost') await this.capture(pays);
    await this.release(releases.map((wish) => pick([...model.holds.keys()], wish.pick) ?? newId()));
  }

  /** Asks again for the first `n` of everything that was acknowledged. */
  async repeat(n: number): Promise<void> {
    for (const again of this.acknowledged.slice(0, n)) await again();
    this.operations += Math.min(n, this.acknowledged.length);
  }

  endAll = () => this.release(idsOf(this.model, 'open'));
  close = () => this.db.close();

  private hold = (asks: Ask[]) =>
    this.together(
      asks,
      (ask) => this.call[ask.final ? 'final' : 'any'](holdOf(ask)),
      (ask) => this.model.hold(ask),
    );
  private capture = (pays: Pay[]) =>
    this.together(
      pays,
      (pay) => this.call.capture(this.captureOf(pay)),
      (pay) => this.model.capture(pay),
    );
  private release = (ids: string[]) =>
    this.together(
      ids,
      (id) => releaseHold(this.db.pool, id),
      (id) => this.model.release(id),
    );

  private async suffer(fault: Step['fault'], asks: Ask[]): Promise<void> {
    const fresh = asks.filter(({ id, final }) => !final && !this.model.holds.has(id));
    const runs = fresh.slice(0, 4).map((ask) => ({ hold: holdOf(ask), capture: this.captureOf({ id: ask.id, total: ask.amount, creator: 0 }) }));
    const [first] = runs;
    if (fault === 'killed') await killInTransaction(this.db.pool, runs);
    if (fault === 'timeout' && first) await timeOutAtLock(this.db.pool, first.hold);
  }

  private captureOf({ id, total, creator }: Pay): Capture {
    const [to, platform] = [this.receivers[creator], this.receivers.at(-1)];
    if (!to || !platform) throw new RangeError(`receiver ${creator}`);
    const fee = feeOf(total);
    return {
      id,
      splits: [
        { ...to, amountMillicredits: total - fee, code: 'run_creator' },
        { ...platform, amountMillicredits: fee, code: 'run_fee' },
      ],
    };
  }

  /** Asks for all at once and compares each answer with the model's, which takes one after the other. */
  private async together<T extends string | Ask | Pay>(items: T[], ask: (item: T) => Promise<unknown>, want: (item: T) => unknown): Promise<void> {
    const answers = await Promise.all(items.map((item) => answerOf(ask(item))));
    this.operations += items.length;
    for (const [i, item] of items.entries()) {
      const wanted = want(item);
      mustBe(answers[i], wanted, item);
      if (wanted === 'ok') this.acknowledged.push(async () => mustBe(await answerOf(ask(item)), 'replay', item));
    }
  }

  private async once({ work, apply }: Once): Promise<void> {
    await work();
    this.operations++;
    apply();
    this.acknowledged.push(async () => void (await work()));
  }
}

function mustBe(answer: unknown, wanted: unknown, item: string | Ask | Pay): void {
  if (answer === wanted) return;
  const of = typeof item === 'string' ? item : JSON.stringify(item, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  throw new Error(`the ledger answered ${answer}, the model ${wanted}, of ${of}`, { cause: answer });
}
