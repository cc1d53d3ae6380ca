import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { cancelGeneration } from '@/lib/generations/cancel-generation';
import { quote } from '@/lib/generations/quote';
import { startGenerations } from '@/lib/generations/start-generations';
import { passWorld } from '@/lib/generations/testing/pass-world';
import { restrain } from './restrain';
import { setBudget } from './set-budget';
import { watchedModel } from './testing/watched-model';

const world = passWorld();
vi.mock('@/lib/passes/check-access', async (original) => ({
  ...(await original<object>()),
  requireAccess: (...args: Parameters<typeof world.requireAccess>) => world.requireAccess(...args),
}));

const db = openDatabase(process.env.DATABASE_URL ?? '', 30);
let model: Awaited<ReturnType<typeof watchedModel>>;
beforeEach(async () => {
  model = await watchedModel(db);
});
afterEach(async () => expect(await auditBooks(db)).toEqual([]));
afterAll(async () => {
  expect((await db.pool.query('SELECT * FROM run_audit')).rows).toEqual([]);
  await db.close();
});
const budget = (subject: 'wallet' | 'pass' | 'model', perHour: number | null, perDay: number | null = null) =>
  setBudget(db, model.creator, { model: model.slug, subject, perHour, perDay });
const reached = (details: object) => ({ code: 'budget_reached', details: expect.objectContaining(details) });

test('a wallet starts as many runs as the budget says, and is told when it starts again; another wallet and the creator go on', async () => {
  await budget('wallet', 3);
  const actor = await model.newPerson();
  await model.start(actor, { count: 2 });
  await expect(model.start(actor, { count: 2 })).rejects.toMatchObject(reached({ subject: 'wallet', per: 'hour', limit: 3, used: 2 }));
  await model.start(actor);
  const refused = await model.start(actor).catch((error) => error);
  const nextHour = new Date(Math.floor(Date.now() / 3_600_000 + 1) * 3_600_000).toISOString();
  expect(refused).toMatchObject(reached({ used: 3, startsAgainAt: nextHour, retryAfterMs: expect.any(Number) }));
  expect((await getBalance(db, actor)).heldMillicredits).toBe('6000');
  await model.start(await model.newPerson(), { count: 3 });
  await model.start(model.creator, { count: 4 });
});

test('a budget of a day is over at midnight UTC, one of an hour with the hour', async () => {
  await budget('wallet', 2, 3);
  const actor = await model.newPerson();
  await model.start(actor, { count: 2 });
  const later = (interval: string) =>
    db.pool.query(`UPDATE protection_count SET hour = hour - $2::interval WHERE who = $1`, [actor.userId, interval]);
  const today = await db.prisma.$queryRaw<
    { same: boolean }[]
  >`SELECT date_trunc('day', now(), 'UTC') = date_trunc('day', now() - interval '1 hour', 'UTC') AS same`;
  if (today[0]?.same) {
    await later('1 hour');
    await model.start(actor);
    await expect(model.start(actor)).rejects.toMatchObject(reached({ per: 'day', limit: 3, used: 3 }));
  }
  await later('1 day');
  await model.start(actor, { count: 2 });
});

test('of forty starts at once as many get through as the budget of the model says', async () => {
  await budget('model', 12, 30);
  const people = await Promise.all(Array.from({ length: 40 }, () => model.newPerson()));
  const quotes = await Promise.all(
    people.map((actor) => quote(db, actor, { version: model.version, prompt: 'at once', params: {}, seed: null, count: 1 })),
  );
  const outcomes = await Promise.allSettled(people.map((actor, i) => startGenerations(db, actor, { token: quotes[i]?.token ?? '' })));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(12);
  for (const one of outcomes) if (one.status === 'rejected') expect(one.reason).toMatchObject(reached({ subject: 'model', per: 'hour' }));
  expect(await db.prisma.generation.count({ where: { versionDigest: model.version } })).toBe(12);
});

test('a run that ends unpaid goes back to the budget, and so does a work that could not be sealed; one that was delivered does not', async () => {
  await budget('wallet', null, 3);
  const actor = await model.newPerson();
  const [failed = '', cancelled = '', made = ''] = [...(await model.start(actor, { count: 2 })), ...(await model.start(actor))];
  await expect(model.start(actor)).rejects.toMatchObject(reached({ per: 'day' }));
  await model.end(failed, 'failed');
  await cancelGeneration(db, actor, { id: cancelled });
  await model.end(made);
  await model.start(actor, { count: 2 });
  await expect(model.start(actor)).rejects.toMatchObject(reached({ used: 3 }));
  await db.pool.query('UPDATE work SET refunded_at = now() WHERE id = $1', [made]);
  await model.start(actor);
  await expect(model.start(actor)).rejects.toMatchObject(reached({ used: 3 }));
});

test('a pass has a budget of its own, whoever holds it', async () => {
  await budget('pass', 2);
  const [first, second] = [await model.newPerson(), await model.newPerson()];
  const passId = world.newPass(first, { includedRuns: 10 });
  const startWith = async (actor: typeof first) => {
    const { token } = await quote(db, actor, { version: model.version, prompt: 'with a pass', params: {}, seed: null, count: 1, passId });
    return startGenerations(db, actor, { token });
  };
  await startWith(first);
  world.give(passId, second);
  await startWith(second);
  await expect(startWith(second)).rejects.toMatchObject(reached({ subject: 'pass', limit: 2 }));
  await model.start(second, { count: 3 });
});

test('a budget that is taken away and set again begins anew; runs it never counted are not given back to it', async () => {
  await budget('wallet', 1);
  const actor = await model.newPerson();
  await model.start(actor);
  await budget('wallet', null);
  const [free = ''] = await model.start(actor);
  await budget('wallet', 1);
  await model.start(actor);
  await model.end(free, 'failed');
  await expect(model.start(actor)).rejects.toMatchObject(reached({ used: 1 }));
});

test('the same quote sent again is the same start, also when the budget is reached', async () => {
  await budget('wallet', 1);
  const actor = await model.newPerson();
  const { token } = await quote(db, actor, { version: model.version, prompt: 'twice', params: {}, seed: null, count: 1 });
  expect(await startGenerations(db, actor, { token })).toMatchObject({ started: true });
  expect(await startGenerations(db, actor, { token })).toMatchObject({ started: false });
});

test('who is stopped is told so, keeps what was made, and others go on; lifted, they run again', async () => {
  const actor = await model.newPerson();
  await model.make(actor);
  const to = (kind: 'stopped' | 'lifted') => restrain(db, model.creator, { kind, model: model.slug, address: actor.address });
  await to('stopped');
  await expect(model.start(actor)).rejects.toMatchObject({ code: 'stopped_by_creator' });
  expect((await getBalance(db, actor)).heldMillicredits).toBe('0');
  expect(await db.prisma.work.count({ where: { ownerId: actor.userId } })).toBe(1);
  await model.start(await model.newPerson());
  await to('lifted');
  await model.start(actor);
});

test('who is slowed starts one run in so many seconds, however many are asked for at once', async () => {
  const actor = await model.newPerson();
  await model.make(actor);
  await restrain(db, model.creator, { kind: 'slowed', model: model.slug, address: actor.address, minSeconds: 600 });
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => model.start(actor)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = await model.start(actor).catch((error) => error);
  expect(refused).toMatchObject({ code: 'slowed_by_creator', details: { minSeconds: 600, retryAfterMs: expect.any(Number) } });
  expect(refused.details.retryAfterMs / 1000).toBeGreaterThan(500);
  await db.pool.query(`UPDATE protection_restraint SET next_at = now() WHERE user_id = $1`, [actor.userId]);
  await model.start(actor, { count: 3 });
  const { rows } = await db.pool.query('SELECT extract(epoch FROM next_at - now())::int AS seconds FROM protection_restraint WHERE user_id = $1', [
    actor.userId,
  ]);
  expect(rows[0].seconds).toBeGreaterThan(1_700);
});

test('nobody sets bounds on a model of somebody else’s, nor on a wallet that never ran the model; every step is written down for good', async () => {
  const actor = await model.newPerson();
  await expect(setBudget(db, actor, { model: model.slug, subject: 'wallet', perHour: 1, perDay: null })).rejects.toMatchObject({ code: 'not_found' });
  const stop = { kind: 'stopped' as const, model: model.slug, address: actor.address };
  await expect(restrain(db, model.creator, stop)).rejects.toMatchObject({ code: 'not_found' });
  await model.make(actor);
  await expect(restrain(db, actor, stop)).rejects.toMatchObject({ code: 'not_found' });
  await restrain(db, model.creator, stop);
  expect(await db.prisma.protectionStep.findMany({ where: { modelId: model.modelId } })).toMatchObject([
    { kind: 'stopped', userId: actor.userId, byId: model.creator.userId },
  ]);
  await expect(db.pool.query('DELETE FROM protection_step')).rejects.toThrow('kept');
});
