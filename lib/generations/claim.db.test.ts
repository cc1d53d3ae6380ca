import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { grantCredits } from '@/prisma/seed/people';
import { createClaimer } from './claim';
import { scriptedModels } from './testing/scripted-models';

const [PER_PERSON, PER_CREATOR, RUNS_OF_ONE] = [3, 7, 12];
const databases = Array.from({ length: 4 }, () => openDatabase(process.env.DATABASE_URL ?? '', 4));
const [db] = databases as [(typeof databases)[number]];
const { newPerson, newModel, startRun } = scriptedModels(db);
beforeAll(() => {
  vi.stubEnv('PUBLIC_URL', 'http://localhost:3000');
  vi.stubEnv('RUNS_AT_ONCE_PER_USER', String(PER_PERSON));
  vi.stubEnv('RUNS_AT_ONCE_PER_CREATOR', String(PER_CREATOR));
});
afterAll(() => Promise.all(databases.map((one) => one.close())));

test.each([
  ['of the same people', (at: number, i: number) => at % 4 === i || at % 5 === 0],
  ['each of its own people', (at: number, i: number) => Math.floor(at / RUNS_OF_ONE) % 4 === i],
])('four processes that claim many runs together, %s, keep to every limit', async (_, isMine) => {
  const creators = [await newPerson(), await newPerson()];
  const versions = await Promise.all(creators.flatMap((creator) => [newModel(creator), newModel(creator)]));
  const people = await Promise.all(Array.from({ length: 8 }, () => newPerson()));
  for (const person of people) await grantCredits(db, person, 100_000n);
  const runs: string[] = [];
  for (const person of people)
    for (const { version } of versions) for (let i = 0; i < RUNS_OF_ONE / versions.length; i++) runs.push(await startRun(version, person));
  const shares = databases.map((one, i) => ({ claim: createClaimer(one), ids: runs.filter((_, at) => isMine(at, i)).reverse() }));
  const claims = (await Promise.all(shares.flatMap(({ claim, ids }) => ids.map(claim)))).flatMap((one) => one ?? []);
  const running = await db.prisma.generation.findMany({
    where: { id: { in: runs }, state: 'running' },
    select: { id: true, userId: true, creatorId: true },
  });
  const most = (of: 'userId' | 'creatorId') => Math.max(...running.map((run) => running.filter((other) => other[of] === run[of]).length));
  expect([most('userId'), most('creatorId'), running.length]).toEqual([PER_PERSON, PER_CREATOR, 2 * PER_CREATOR]);
  expect(new Set(claims.filter(({ state }) => state === 'running').map(({ id }) => id))).toEqual(new Set(running.map(({ id }) => id)));
});

test('a run that is asked for twice at once has two attempts, and each caller one of them', async () => {
  const { version } = await newModel();
  const id = await startRun(version);
  const claim = createClaimer(db);
  const [first, ...rest] = await Promise.all([id, id, id].map((one) => claim(one)));
  expect([first, ...rest].map((one) => one?.attempt)).toEqual([1, 2, 3]);
});

test('asking again for an answer that was lost gives the same attempt, and its job is one', async () => {
  const { version } = await newModel();
  const [id, token] = [await startRun(version), newId()];
  const ask = () => db.pool.query<{ attempt: number }>('SELECT attempt FROM generation_claim_set($1, $2, 8, 48)', [[id], [token]]);
  expect([(await ask()).rows, (await ask()).rows]).toEqual([[{ attempt: 1 }], [{ attempt: 1 }]]);
});

test('a run that waits for its turn has one job, however often it was asked for', async () => {
  const creator = await newPerson();
  const { version } = await newModel(creator);
  const runs = await Promise.all(Array.from({ length: PER_CREATOR + 1 }, () => startRun(version)));
  const claim = createClaimer(db);
  const waits = (await Promise.all(runs.map(claim))).find((one) => one?.state === 'held')?.id;
  await Promise.all([claim(waits ?? ''), claim(waits ?? '')]);
  const { rows } = await db.pool.query(`SELECT attempts, max_attempts FROM graphile_worker._private_jobs WHERE payload ->> 'id' = $1`, [waits]);
  expect(rows).toHaveLength(1);
});
