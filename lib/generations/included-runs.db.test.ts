import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { inTransaction, openDatabase } from '@/lib/db';
import type { Adapter } from '@/lib/inference/adapter';
import { localAdapter } from '@/lib/inference/local-adapter';
import { freezeRuns, thawRuns } from '@/lib/passes/freeze-runs';
import { getIncludedRuns, wasUsed } from '@/lib/passes/included-runs';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel, testManifest } from '@/prisma/seed/test-model';
import { cancelGeneration } from './cancel-generation';
import { listGenerations } from './queries';
import { quote } from './quote';
import { createRunGeneration } from './run-generation';
import { startGenerations } from './start-generations';
import { passWorld } from './testing/pass-world';

const world = vi.hoisted(() => ({ current: null as ReturnType<typeof passWorld> | null }));
vi.mock('@/lib/passes/check-access', () => ({
  requireAccess: (...args: Parameters<ReturnType<typeof passWorld>['requireAccess']>) => world.current?.requireAccess(...args),
}));
const passes = passWorld();
world.current = passes;

const db = openDatabase(process.env.DATABASE_URL ?? '');
const newPerson = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
let [maker, creator] = [] as unknown as [Actor, Actor];
let [version, remixed] = ['0x', '0x'] as [Hex, Hex];

beforeAll(async () => {
  [maker, creator] = [await newPerson(), await newPerson()];
  remixed = (await seedTestModel(db, maker, { slug: 'first', manifest: { name: 'First', derivativeShareBps: 1500 } })).digest;
  const { parameters } = testManifest(creator.address);
  const picture = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png' };
  const withPicture = { ...parameters, properties: { ...(parameters.properties as object), picture } };
  version = (await seedTestModel(db, creator, { slug: 'second', manifest: { name: 'Second', parameters: withPicture } })).digest;
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

type Wish = { count?: number; passId?: string | null; parentWorkId?: string | null; of?: Hex };
const ask = (actor: Actor, { count = 1, passId = null, parentWorkId = null, of = version }: Wish) =>
  quote(db, actor, { version: of, prompt: 'a quiet proof', params: {}, seed: null, count, passId, parentWorkId });
async function start(actor: Actor, wish: Wish): Promise<string[]> {
  const { token, quoteId } = await ask(actor, wish);
  await startGenerations(db, actor, { token });
  return (await listGenerations(db, actor, { quoteId })).map(({ id }) => id);
}
const run = (id = '', adapter: Adapter = seedPixels) =>
  createRunGeneration(db, { test: adapter })({ id }, { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 });
const failing = localAdapter(() => Promise.resolve({ output: { kind: 'text', text: 'no picture' } }));
const runsOf = (passId: string) => {
  const grant = passes.grants.get(passId);
  if (!grant) throw new Error('no such pass');
  return getIncludedRuns(db.pool, grant);
};
const rule = (of: Hex, kind: string) =>
  db.pool.query(
    `INSERT INTO access_rule (model_id, rule, changed_at) SELECT model_id, jsonb_build_object('kind', $2::text), now() FROM model_version WHERE digest = $1`,
    [of, kind],
  );
const statement = async (passId: string) =>
  (
    await db.pool.query<{ line: string }>(
      `SELECT e.code || ' ' || e.change AS line FROM ledger.entry e JOIN ledger.purse p ON p.id = e.purse_id WHERE p.asset = 3 AND p.owner = $1 ORDER BY e.seq`,
      [passId],
    )
  ).rows.map(({ line }) => line);

test('a run that a pass includes costs no credits, is taken from the pass when it is delivered, and says which pass paid', async () => {
  const actor = await newPerson();
  const passId = passes.newPass(actor);
  const priced = await ask(actor, { passId });
  expect(priced).toMatchObject({ totalMillicredits: '0', pass: { id: passId, tierLabel: 'Gold', runs: 1, left: 2 } });
  expect(priced.breakdown).toContainEqual({ label: 'One run of your pass', millicredits: '-2000' });
  expect(await wasUsed(db.pool, passId)).toBe(false);
  const [id = ''] = await start(actor, { passId });
  expect(await runsOf(passId)).toEqual({ total: 2, used: 0, held: 1, left: 1, frozen: null });
  await run(id);
  const { quoteId } = await db.prisma.generation.findUniqueOrThrow({ where: { id } });
  expect(await listGenerations(db, actor, { quoteId })).toMatchObject([{ state: 'captured', priceMillicredits: '0', paidByPass: passId }]);
  expect(await runsOf(passId)).toEqual({ total: 2, used: 1, held: 0, left: 1, frozen: null });
  expect(await statement(passId)).toEqual(['included 2', 'run -1']);
  expect(await wasUsed(db.pool, passId)).toBe(true);
});

test('of twenty starts at the same moment two get the two runs that are left, and the period is opened once', async () => {
  const actor = await newPerson();
  const passId = passes.newPass(actor);
  const quotes = await Promise.all(Array.from({ length: 20 }, () => ask(actor, { passId })));
  const tries = await Promise.allSettled(quotes.map(({ token }) => startGenerations(db, actor, { token })));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect(tries.flatMap((t) => (t.status === 'rejected' ? [t.reason.code] : []))).toEqual(Array(18).fill('no_included_runs'));
  expect(await statement(passId)).toEqual(['included 2']);
  expect(await runsOf(passId)).toMatchObject({ held: 2, left: 0 });
});

test('what a pass has not left is paid in credits, and the order’s base with it', async () => {
  const actor = await newPerson();
  await grantCredits(db, actor, 10_000n);
  const passId = passes.newPass(actor);
  expect(await ask(actor, { passId, count: 5 })).toMatchObject({ totalMillicredits: '6000', pass: { runs: 2 } });
  const ids = await start(actor, { passId, count: 5 });
  for (const id of ids) await run(id);
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '4000', heldMillicredits: '0' });
  expect(await runsOf(passId)).toMatchObject({ used: 2, left: 0 });
  expect(await ask(actor, { passId })).toMatchObject({ totalMillicredits: '2000', pass: null });
});

test('a run that fails, is cancelled or swept goes back to its pass', async () => {
  const actor = await newPerson();
  const passId = passes.newPass(actor, { includedRuns: 3 });
  const [failed, late, cancelled = ''] = await start(actor, { passId, count: 3 });
  await run(failed, failing);
  await db.pool.query(`UPDATE generation SET deadline_at = now() - interval '1 second' WHERE id = $1`, [late]);
  await db.pool.query('SELECT generation_sweep()');
  await cancelGeneration(db, actor, { id: cancelled });
  expect(await statement(passId)).toEqual(['included 3', 'released 0', 'released 0', 'released 0']);
  expect(await runsOf(passId)).toMatchObject({ used: 0, left: 3 });
  expect(await wasUsed(db.pool, passId)).toBe(false);
});

test('who is given a pass gets what is left of it; a quote of the old holder starts nothing, and a run that was started stays theirs', async () => {
  const [giver, taker] = [await newPerson(), await newPerson()];
  const passId = passes.newPass(giver);
  const [id = ''] = await start(giver, { passId });
  const [late, same] = [await ask(giver, { passId }), await ask(giver, { passId })];
  await startGenerations(db, giver, { token: same.token });
  passes.give(passId, taker);
  await expect(startGenerations(db, giver, { token: late.token })).rejects.toMatchObject({ code: 'pass_moved' });
  // What was started before the pass moved has its answer still.
  expect(await startGenerations(db, giver, { token: same.token })).toEqual({ quoteId: same.quoteId, started: false });
  await run(id);
  expect((await db.prisma.work.findUniqueOrThrow({ where: { id } })).ownerId).toBe(giver.userId);
  expect(await ask(taker, { passId })).toMatchObject({ totalMillicredits: '2000', pass: null });
  const [second] = await listGenerations(db, giver, { quoteId: same.quoteId });
  await run(second?.id, failing);
  expect(await ask(taker, { passId })).toMatchObject({ totalMillicredits: '0', pass: { runs: 1, left: 1 } });
  await run((await start(taker, { passId }))[0]);
  expect(await runsOf(passId)).toMatchObject({ used: 2, left: 0 });
});

test('the next period has its own runs; what the last one left goes back, and a run under way at its end is paid by it', async () => {
  const actor = await newPerson();
  const passId = passes.newPass(actor, { includedRuns: 3 });
  const [id] = await start(actor, { passId });
  const [open] = await start(actor, { passId });
  const grant = passes.grants.get(passId);
  if (!grant) throw new Error('no pass');
  const owner = openDatabase(process.env.DATABASE_OWNER_URL ?? '');
  await owner.pool.query(`UPDATE ledger.account SET expires_at = now() - interval '1 second' WHERE owner = $1 AND sub = '0'`, [passId]);
  await owner.close();
  await expect(start(actor, { passId })).rejects.toMatchObject({ code: 'no_included_runs' });
  await db.pool.query('SELECT ledger.expire_lots()');
  passes.grants.set(passId, { ...grant, period: 1, periodEndsAt: new Date(Date.now() + 3_600_000) });
  expect(await runsOf(passId)).toMatchObject({ total: 3, used: 0, left: 3 });
  await run(id);
  await run(open, failing);
  await db.pool.query('SELECT ledger.expire_lots()');
  await start(actor, { passId });
  // The one that failed too late for its period is to be had for a day more.
  expect(await runsOf(passId)).toMatchObject({ total: 4, held: 1, left: 3 });
  expect(await statement(passId)).toEqual([
    ...['included 3', 'included_expired -1', 'run -1', 'released 0', 'included_back 1', 'included_expired -1', 'included 3'],
  ]);
});

test('a run whose hold was let go of while its period lasted has come back already, and is not given anew when it ends later', async () => {
  const actor = await newPerson();
  const passId = passes.newPass(actor, { includedRuns: 1 });
  const [id = ''] = await start(actor, { passId });
  const { passHoldId } = await db.prisma.generation.findUniqueOrThrow({ where: { id } });
  // As ledger.expire_holds does, when nobody has ended a run in time.
  await db.pool.query(`SELECT ledger.release_set(ARRAY[$1::uuid], 'expired')`, [passHoldId]);
  expect(await runsOf(passId)).toMatchObject({ held: 0, left: 1 });
  const owner = openDatabase(process.env.DATABASE_OWNER_URL ?? '');
  await owner.pool.query(`UPDATE ledger.account SET expires_at = clock_timestamp() WHERE owner = $1 AND sub = '0'`, [passId]);
  await owner.close();
  await run(id, failing);
  expect(await statement(passId)).toEqual(['included 1', 'expired 0']);
});

test('terms that grow give more in the period that is open; terms never take any back', async () => {
  const actor = await newPerson();
  const passId = passes.newPass(actor, { includedRuns: 1 });
  await start(actor, { passId });
  const grant = passes.grants.get(passId);
  if (!grant) throw new Error('no pass');
  passes.grants.set(passId, { ...grant, includedRuns: 4 });
  expect(await runsOf(passId)).toMatchObject({ total: 4, left: 3 });
  await Promise.all([start(actor, { passId }), start(actor, { passId })]);
  passes.grants.set(passId, { ...grant, includedRuns: 2 });
  await start(actor, { passId });
  expect(await runsOf(passId)).toMatchObject({ total: 4, held: 4, left: 0 });
  expect(await statement(passId)).toEqual(['included 1', 'included 3']);
});

test('a purchase that is not safe yet opens no runs', async () => {
  const actor = await newPerson();
  const passId = passes.newPass(actor, { isSafe: false });
  expect(await ask(actor, { passId })).toMatchObject({ totalMillicredits: '2000', pass: null });
});

test('a remix on an included run pays the parent’s creator their share in credits, and lets both go where it fails', async () => {
  const actor = await newPerson();
  await grantCredits(db, actor, 2_600n);
  const [parentWorkId = ''] = await start(actor, { of: remixed });
  await run(parentWorkId);
  await db.pool.query('UPDATE work SET sealed_at = now() WHERE id = $1', [parentWorkId]);
  const passId = passes.newPass(actor);
  const priced = await ask(actor, { passId, parentWorkId });
  expect(priced).toMatchObject({ totalMillicredits: '300', pass: { runs: 1 } });
  expect(priced.breakdown).toContainEqual({ label: 'Share of who made what it starts from', millicredits: '300' });
  const [failed] = await start(actor, { passId, parentWorkId });
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '300', heldMillicredits: '300' });
  await run(failed, failing);
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '600', heldMillicredits: '0' });
  expect(await runsOf(passId)).toMatchObject({ left: 2, held: 0 });
  const [id = ''] = await start(actor, { passId, parentWorkId });
  await run(id);
  const { rows } = await db.pool.query(
    `SELECT t.code, t.amount::int, c.owner FROM ledger.transfer t JOIN ledger.account c ON c.id = t.credit_id JOIN generation g ON t.ref IN (g.id, g.pass_hold_id) WHERE g.id = $1 ORDER BY 1`,
    [id],
  );
  expect(rows).toEqual([
    { code: 'run_parent', amount: 300, owner: maker.userId },
    { code: 'included_run', amount: 1, owner: 'house' },
  ]);
  const second = await start(actor, { passId, parentWorkId });
  await run(second[0]);
  const rest = await ask(actor, { passId, parentWorkId });
  expect([rest.totalMillicredits, (await getBalance(db, actor)).availableMillicredits]).toEqual(['2000', '0']);
});

test('a remix whose share cannot be paid holds no run of the pass', async () => {
  const actor = await newPerson();
  await grantCredits(db, actor, 2_000n);
  const [parentWorkId = ''] = await start(actor, { of: remixed });
  await run(parentWorkId);
  await db.pool.query('UPDATE work SET sealed_at = now() WHERE id = $1', [parentWorkId]);
  const passId = passes.newPass(actor);
  await expect(start(actor, { passId, parentWorkId })).rejects.toMatchObject({ code: 'insufficient_credits' });
  expect(await runsOf(passId)).toMatchObject({ held: 0, left: 2 });
});

test('the same quote again starts nothing more, at the same moment or later, also where the period is over or the pass is frozen', async () => {
  const actor = await newPerson();
  const passId = passes.newPass(actor);
  const { token, quoteId } = await ask(actor, { passId });
  const tries = await Promise.all(Array.from({ length: 5 }, () => startGenerations(db, actor, { token })));
  expect(tries.filter(({ started }) => started)).toHaveLength(1);
  await inTransaction(db.pool, (tx) => freezeRuns(tx, { passId, why: 'refund', until: null }));
  expect(await startGenerations(db, actor, { token })).toEqual({ quoteId, started: false });
  expect(await runsOf(passId)).toMatchObject({ held: 1, left: 0, frozen: 'refund' });
});

test('a pass that is for sale keeps its runs, one that is returned takes none of any kind, and either ends', async () => {
  const actor = await newPerson();
  await grantCredits(db, actor, 10_000n);
  const passId = passes.newPass(actor);
  const freeze = (why: 'listed' | 'refund', until: Date | null) => inTransaction(db.pool, (tx) => freezeRuns(tx, { passId, why, until }));
  const before = await ask(actor, { passId });
  await freeze('listed', null);
  await expect(startGenerations(db, actor, { token: before.token })).rejects.toMatchObject({ code: 'pass_frozen' });
  expect(await ask(actor, { passId })).toMatchObject({ totalMillicredits: '2000', pass: null });
  await inTransaction(db.pool, (tx) => thawRuns(tx, { passId, why: 'listed' }));
  await freeze('refund', new Date(Date.now() + 400));
  await expect(ask(actor, { passId })).rejects.toMatchObject({ code: 'pass_frozen' });
  await vi.waitFor(async () => expect((await runsOf(passId)).frozen).toBeNull(), 5_000);
  expect(await startGenerations(db, actor, { token: before.token })).toMatchObject({ started: true });
});

test('a start waits for a statement that nothing was used, and a statement for a start', async () => {
  const someoneWaits = () =>
    vi.waitFor(async () => {
      const { rowCount } = await db.pool.query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
      expect(rowCount).toBe(1);
    }, 5_000);
  const actor = await newPerson();
  const passId = passes.newPass(actor);
  const until = new Date(Date.now() + 60_000);
  const { token } = await ask(actor, { passId });
  const stated = inTransaction(db.pool, async (tx) => {
    await freezeRuns(tx, { passId, why: 'refund', until });
    const start = startGenerations(db, actor, { token });
    start.catch(() => {});
    await someoneWaits();
    expect(await wasUsed(tx, passId)).toBe(false);
    return { start };
  });
  await expect((await stated).start).rejects.toMatchObject({ code: 'pass_frozen' });
  expect(await wasUsed(db.pool, passId)).toBe(false);

  const other = passes.newPass(actor);
  const item = { quote: await ask(actor, { passId: other }), used: Promise.resolve(false) };
  // A start that is not committed yet: all that it holds is what generation_start locks.
  await inTransaction(db.pool, async (tx) => {
    await startGenerations({ ...db, pool: tx as unknown as Pool }, actor, { token: item.quote.token });
    item.used = inTransaction(db.pool, async (later) => {
      await freezeRuns(later, { passId: other, why: 'refund', until });
      return wasUsed(later, other);
    });
    await someoneWaits();
  });
  expect(await item.used).toBe(true);
});

test('where the model is open to everyone and no pass is named, nothing is asked about passes', async () => {
  const actor = await newPerson();
  await grantCredits(db, actor, 4_000n);
  await start(actor, {});
  const asked = vi.spyOn(db.pool, 'query');
  const named = () => asked.mock.calls.map(([query]) => (query as { name?: string }).name ?? query);
  const { token } = await ask(actor, {});
  expect(named()).toEqual(['load_offer']);
  asked.mockClear();
  await startGenerations(db, actor, { token });
  expect(named()).toEqual(['generation_start', 'on_disk']);
  asked.mockRestore();
});

test('a model with a rule refuses who has no pass, and takes credits of who has one without runs left', async () => {
  const ruled = (await seedTestModel(db, creator, { slug: 'ruled', manifest: { name: 'Ruled' } })).digest;
  const [stranger, holder] = [await newPerson(), await newPerson()];
  await grantCredits(db, stranger, 4_000n);
  await grantCredits(db, holder, 4_000n);
  const early = await ask(stranger, { of: ruled });
  await rule(ruled, 'pass');
  // Quoted while it was open to everyone: the next quote says what is asked for.
  await expect(startGenerations(db, stranger, { token: early.token })).rejects.toMatchObject({ code: 'quote_expired' });
  await expect(ask(stranger, { of: ruled })).rejects.toMatchObject({ code: 'pass_required' });
  const passId = passes.newPass(holder, { includedRuns: 0 });
  expect(await ask(holder, { of: ruled })).toMatchObject({ totalMillicredits: '2000', pass: null });
  const [id = ''] = await start(holder, { of: ruled });
  await run(id);
  expect(await db.prisma.generation.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'captured', passId, passHoldId: null });
  expect(await wasUsed(db.pool, passId)).toBe(true);
});
