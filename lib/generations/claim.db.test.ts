import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '@/lib/db';
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
