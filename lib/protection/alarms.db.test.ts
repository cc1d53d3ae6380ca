import { afterAll, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { paramsText } from '@/lib/protocol/params';
import { addCanary } from './canaries';
import { dismissAlarm } from './dismiss-alarm';
import { protectionLoops } from './jobs';
import { getProtection } from './queries';
import { recordOrigins } from './record-origins';
import { setBudget } from './set-budget';
import { watchedModel } from './testing/watched-model';
import { modelFacts } from './watch/model-facts';
import { watchRuns } from './watch/watch-runs';
import { traceOf, writeTraces } from './watch/write-traces';

const db = openDatabase(process.env.DATABASE_URL ?? '');
let model: Awaited<ReturnType<typeof watchedModel>>;
beforeEach(async () => {
  model = await watchedModel(db);
});
afterAll(() => db.close());
const watch = async () => {
  while ((await watchRuns(db)) > 0);
};
const alarms = async () => (await getProtection(db, model.creator, model.slug)).alarms;
const SECRET = 'seven herons over a drowned observatory';

/** Traces of runs that were made before, so that a test need not make hundreds. */
async function writePast(userId: string, runs: { prompt: string; params: Record<string, number>; seed: string; minutesAgo: number }[]) {
  const tx = await db.pool.connect();
  const facts = await modelFacts(tx, model.modelId);
  const traced = runs.map(({ prompt, params, seed, minutesAgo }) => {
    const text = paramsText({ height: 2, width: 2, ...params });
    const at = new Date(Date.now() - minutesAgo * 60_000);
    const run = { id: newId(), quoteId: newId(), userId, modelId: model.modelId, versionDigest: model.version, prompt, seed, paramsText: text, at };
    return { run, ...traceOf(run, facts) };
  });
  await writeTraces(tx, traced);
  tx.release();
}
const grid = (rows: number[]) =>
  rows
    .flatMap((warmth) => Array.from({ length: 10 }, (_, grain) => ({ params: { grain, warmth } })))
    .map((point, i, all) => ({
      ...point,
      prompt: 'a plain test card',
      seed: '1',
      minutesAgo: all.length - i + 1,
    }));

test('each finished run is looked at once, its trace has no text of anybody’s, and the creator’s own runs leave none', async () => {
  const actor = await model.newPerson();
  const [id = ''] = await model.make(actor, { prompt: 'a thought nobody else has', params: { grain: 3, warmth: 9 } });
  await model.make(model.creator, { prompt: 'my own' });
  expect(await watchRuns(db)).toBeGreaterThan(0);
  expect(await watchRuns(db)).toBe(0);
  const traces = await db.prisma.protectionTrace.findMany({ where: { modelId: model.modelId } });
  expect(traces).toMatchObject([{ generationId: id, userId: actor.userId, words: 5, dials: [3 / 9, 1] }]);
  for (const word of ['thought', 'nobody']) expect(JSON.stringify(traces)).not.toContain(word);
});

test('a run that shows later than one that came after it is still found', async () => {
  const actor = await model.newPerson();
  await model.make(actor);
  await watch();
  const [late = ''] = await model.make(actor);
  await db.pool.query(`UPDATE generation SET ended_at = ended_at - interval '20 seconds' WHERE id = $1`, [late]);
  await watch();
  expect(await db.prisma.protectionTrace.count({ where: { generationId: late } })).toBe(1);
});

test('more runs than are read at once are all looked at in one turn of the loop', async () => {
  const actor = await model.newPerson();
  const [id] = await model.make(actor);
  await watch();
  const owner = openDatabase(process.env.DATABASE_OWNER_URL ?? '');
  // Copies of a delivered run: to make a thousand for real would take minutes.
  await owner.pool.query(`ALTER TABLE generation DISABLE TRIGGER USER;
    INSERT INTO generation SELECT (jsonb_populate_record(g, jsonb_build_object('id', gen_random_uuid(), 'quote_id', gen_random_uuid(), 'ended_at', now()))).*
      FROM generation g, generate_series(1, 1000) WHERE g.id = '${id}';
    ALTER TABLE generation ENABLE TRIGGER USER;`);
  await owner.close();
  await protectionLoops.find(({ name }) => name.startsWith('look at'))?.run(db);
  expect(await db.prisma.protectionTrace.count({ where: { userId: actor.userId } })).toBe(1001);
});

test('a grid through the dials raises one alarm with its evidence, which is told once and goes on counting', async () => {
  const actor = await model.newPerson();
  await writePast(actor.userId, grid([0, 1, 2, 3]));
  await model.make(actor, { prompt: 'a plain test card', params: { grain: 0, warmth: 4 } });
  await watch();
  await model.make(actor, { prompt: 'a plain test card', params: { grain: 1, warmth: 4 } });
  await watch();
  const [alarm, ...others] = await alarms();
  expect(others).toEqual([]);
  expect(alarm).toMatchObject({ kind: 'sweep', addresses: [actor.address], evidence: { shape: 'grid', queries: 42, distinct: 42 } });
  expect(JSON.stringify(alarm)).not.toContain('plain test card');
  expect(await db.prisma.creatorNotice.count({ where: { modelId: model.modelId, kind: 'protection_alarm' } })).toBe(1);
});

test('an alarm that was put aside is not raised again for a week', async () => {
  const actor = await model.newPerson();
  await writePast(actor.userId, grid([0, 1, 2, 3]));
  const ask = (grain: number) => model.make(actor, { prompt: 'a plain test card', params: { grain, warmth: 4 } });
  await ask(0);
  await watch();
  const [alarm] = await alarms();
  await expect(dismissAlarm(db, actor, { model: model.slug, id: alarm?.id ?? '' })).rejects.toMatchObject({ code: 'not_found' });
  await dismissAlarm(db, model.creator, { model: model.slug, id: alarm?.id ?? '' });
  await ask(1);
  await watch();
  expect(await alarms()).toEqual([]);
  await db.pool.query(`UPDATE protection_alarm SET dismissed_at = dismissed_at - interval '8 days' WHERE id = $1`, [alarm?.id]);
  await ask(2);
  await watch();
  expect(await alarms()).toHaveLength(1);
});

test('a canary is found in a longer prompt in any writing, only its hash is kept, and neither side’s words are shown', async () => {
  await addCanary(db, model.creator, { kind: 'prompt', model: model.slug, label: 'Herons', prompt: SECRET });
  const actor = await model.newPerson();
  await model.make(actor, { prompt: 'Please: SEVEN herons, over a drowned — Observatory! in the style of nobody' });
  await model.make(await model.newPerson(), { prompt: 'herons over an observatory that never drowned' });
  await watch();
  const found = await alarms();
  expect(found).toMatchObject([{ kind: 'canary', addresses: [actor.address], evidence: { label: 'Herons', match: 'within' } }]);
  expect(JSON.stringify([found, await db.prisma.protectionCanary.findMany()])).not.toContain('drowned');
  await expect(addCanary(db, model.creator, { kind: 'prompt', model: model.slug, label: 'Short', prompt: 'a cat' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test('the same almost always, with new seeds: an alarm', async () => {
  const actor = await model.newPerson();
  const runs = Array.from({ length: 160 }, (_, i) => ({
    prompt: 'a brass astrolabe on black velvet',
    params: { grain: 5, warmth: 5 },
    seed: String(i * 7919),
    minutesAgo: 200 - i,
  }));
  await writePast(actor.userId, runs);
  await model.make(actor, { prompt: 'a brass astrolabe on black velvet', params: { grain: 5, warmth: 5 } });
  await watch();
  expect(await alarms()).toMatchObject([{ kind: 'seeds', evidence: { runs: 161, distinctSeeds: 161, distinctPrompts: 1 } }]);
});

test('wallets that call from one address and ask the same within hours are linked; with one of both they are not', async () => {
  const [first, second, third] = [await model.newPerson(), await model.newPerson(), await model.newPerson()];
  const prompts = Array.from({ length: 12 }, (_, i) => `a letter from harbour number ${i}`);
  const said = (minutesAgo: number) => prompts.map((prompt, i) => ({ prompt, params: { grain: 1, warmth: 1 }, seed: String(i), minutesAgo }));
  await writePast(first.userId, said(30));
  await writePast(third.userId, said(20));
  await recordOrigins(
    db.pool,
    [first, second].map(({ userId }) => ({ userId, address: '198.51.100.7' })),
  );
  await model.make(second, { prompt: 'something else entirely, this time' });
  await watch();
  expect(await alarms()).toEqual([]);
  await writePast(second.userId, said(10));
  await model.make(second, { prompt: 'and another thing, too' });
  await watch();
  const [alarm] = await alarms();
  expect(alarm).toMatchObject({ kind: 'linked', evidence: { wallets: 2, addresses: 1, prompts: 12, payers: 0 } });
  expect(alarm?.addresses.sort()).toEqual([first.address, second.address].sort());
  expect(JSON.stringify(await db.prisma.protectionOrigin.findMany())).not.toContain('198.51');
});

test('what is to be forgotten does not grow faster than it is forgotten: one turn takes all of it', async () => {
  const { userId } = await model.newPerson();
  await db.pool.query(
    `INSERT INTO protection_trace SELECT gen_random_uuid(), $1, $2, gen_random_uuid(), now() - interval '31 days', '1', '', 1, '{}', '{}', '' FROM generate_series(1, 12000)`,
    [model.modelId, userId],
  );
  await protectionLoops.find(({ name }) => name.startsWith('forget'))?.run(db);
  expect(await db.prisma.protectionTrace.count({ where: { userId } })).toBe(0);
});

test('traces and addresses are forgotten after thirty days, counts after two', async () => {
  const actor = await model.newPerson();
  const [old = '', recent = ''] = await model.make(actor, { count: 2 });
  await setBudget(db, model.creator, { model: model.slug, subject: 'wallet', perHour: 9, perDay: null });
  await model.make(actor);
  await watch();
  await recordOrigins(db.pool, [{ userId: actor.userId, address: '198.51.100.8' }]);
  await db.pool.query(`UPDATE protection_trace SET at = now() - interval '31 days' WHERE generation_id = $1`, [old]);
  await db.pool.query(`UPDATE protection_origin SET last_at = now() - interval '31 days' WHERE user_id = $1`, [actor.userId]);
  await db.pool.query(`UPDATE protection_count SET hour = hour - interval '3 days' WHERE who = $1`, [actor.userId]);
  await protectionLoops.find(({ name }) => name.startsWith('forget'))?.run(db);
  const left = await db.prisma.protectionTrace.findMany({ where: { userId: actor.userId }, select: { generationId: true } });
  expect(left).toHaveLength(2);
  expect(left).toContainEqual({ generationId: recent });
  expect(await db.prisma.protectionOrigin.count({ where: { userId: actor.userId } })).toBe(0);
  expect(await db.prisma.protectionCount.count({ where: { who: actor.userId } })).toBe(0);
});
