import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import type { Adapter } from '@/lib/inference/adapter';
import { startWorker, type Worker } from '@/lib/jobs/worker';
import { FAULTS_TO_OPEN, recordFault } from '@/lib/models/record-outcome';
import { grantCredits } from '@/prisma/seed/people';
import { seedPixels } from '@/prisma/seed/test-model';
import { cancelGeneration } from './cancel-generation';
import { generationTasks } from './jobs';
import { listGenerations } from './queries';
import { failing, scripted } from './testing/scripted-adapters';
import { scriptedModels } from './testing/scripted-models';

// Runs whose only endpoint has just been left alone for its faults, taken by a real worker with one slot.
const db = openDatabase(process.env.DATABASE_URL ?? '');
const { newPerson, newModel, addDeployment, startRun } = scriptedModels(db);
beforeAll(() => vi.stubEnv('PUBLIC_URL', 'http://localhost:3000'));
afterAll(() => db.close());

let [collector, version, deployment]: [Actor, `0x${string}`, string] = [{ userId: '', address: '0x' } as unknown as Actor, '0x', ''];
let worker: Worker | undefined;
beforeEach(async () => {
  ({ version, deployment } = await newModel());
  collector = await newPerson();
  await grantCredits(db, collector, 100_000n);
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await db.pool.query(`UPDATE generation SET state = 'cancelled' WHERE state IN ('held', 'running')`);
  await db.pool.query('DELETE FROM graphile_worker._private_jobs');
});

const start = () => startRun(version, collector);
const openWorker = async (a: Adapter) => {
  worker = await startWorker(db, { tasks: generationTasks(db, { a, b: seedPixels }), loops: [], concurrency: 1 });
};
const breaks = async () => {
  for (let i = 0; i < FAULTS_TO_OPEN; i++) await recordFault(db, deployment, 'as told');
};
const mayBeTried = () => db.pool.query(`UPDATE deployment SET open_until = now() - interval '1 second' WHERE id = $1`, [deployment]);
const rowOf = (id: string) => db.prisma.generation.findUniqueOrThrow({ where: { id } });
const jobsOf = async (id: string) =>
  (
    await db.pool.query<{ seconds: number }>(
      `SELECT extract(epoch FROM run_at - now())::float8 AS seconds FROM graphile_worker._private_jobs WHERE payload ->> 'id' = $1 AND locked_at IS NULL`,
      [id],
    )
  ).rows;
/** The worker has looked at the run, and put its job back for later. */
const putBack = (id: string) =>
  vi.waitFor(async () => expect(await jobsOf(id)).toEqual([{ seconds: expect.toSatisfy((s: number) => s > 2) }]), { timeout: 10_000 });
const comesNow = (id: string) => db.pool.query(`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE payload ->> 'id' = $1`, [id]);
const ends = (id: string, state: string) => vi.waitFor(async () => expect((await rowOf(id)).state).toBe(state), { timeout: 10_000 });

describe('a run whose only endpoint is left alone', () => {
  test('waits, with no attempt made and no slot held, and is made once the endpoint may be tried again', async () => {
    const id = await start();
    const { version: other } = await newModel();
    const another = await startRun(other);
    await breaks();
    await openWorker(seedPixels);
    await putBack(id);
    await ends(another, 'captured');
    expect(await rowOf(id)).toMatchObject({ state: 'held', attempt: 0, startedAt: null });
    expect((await listGenerations(db, collector, { open: true }))[0]).toMatchObject({ id, waitsForEndpoint: true });
    await mayBeTried();
    expect((await listGenerations(db, collector, { open: true }))[0]).toMatchObject({ waitsForEndpoint: false });
    await comesNow(id);
    await ends(id, 'captured');
    expect(await rowOf(id)).toMatchObject({ attempt: 1 });
  });

  test('is tried at another endpoint of the version instead, where there is one', async () => {
    const id = await start();
    await addDeployment(version, 'b');
    await breaks();
    await openWorker(scripted({ submit: () => Promise.reject(new Error('it is left alone')) }));
    await ends(id, 'captured');
  });

  test('fails at once where that would leave it less than a quarter of its time', async () => {
    const [late, early] = [await start(), await start()];
    await breaks();
    const opensAt = (await db.prisma.deployment.findUniqueOrThrow({ where: { id: deployment } })).openUntil as Date;
    const deadline = `UPDATE generation SET created_at = $2::timestamptz - interval '75 seconds', deadline_at = $2::timestamptz + make_interval(secs => $3) WHERE id = $1`;
    await db.pool.query(deadline, [late, opensAt, 24]);
    await db.pool.query(deadline, [early, opensAt, 26]);
    await openWorker(seedPixels);
    await ends(late, 'failed');
    await putBack(early);
    expect(await rowOf(late)).toMatchObject({ errorCode: 'endpoint_failed' });
    expect(await getBalance(db, collector)).toMatchObject({ heldMillicredits: '2000' });
  });

  test('fails at once where none will take it again', async () => {
    const id = await start();
    await breaks();
    await db.prisma.deployment.update({ where: { id: deployment }, data: { activeTo: new Date() } });
    await openWorker(seedPixels);
    await ends(id, 'failed');
  });

  test('costs nothing when it is cancelled, and its job finds it ended', async () => {
    const id = await start();
    await breaks();
    await openWorker(seedPixels);
    await putBack(id);
    expect(await cancelGeneration(db, collector, { id })).toEqual({ cancelled: true });
    await mayBeTried();
    await comesNow(id);
    await vi.waitFor(async () => expect(await jobsOf(id)).toEqual([]), { timeout: 10_000 });
    expect(await rowOf(id)).toMatchObject({ state: 'cancelled', attempt: 0 });
    expect(await getBalance(db, collector)).toMatchObject({ availableMillicredits: '100000', heldMillicredits: '0' });
  });
});

test('Of the runs that waited one goes first, so that an endpoint which fails again has one fault more, and not one from each', async () => {
  const ids = [await start(), await start(), await start()];
  await breaks();
  await mayBeTried();
  let tried = 0;
  const fails = failing('maybe');
  worker = await startWorker(db, {
    tasks: generationTasks(db, {
      a: scripted({
        submit: async (call, request) => {
          tried++;
          await new Promise((resolve) => setTimeout(resolve, 1_000));
          return fails.submit(call, request);
        },
      }),
    }),
    loops: [],
    concurrency: 3,
  });
  await vi.waitFor(async () => expect((await Promise.all(ids.map(rowOf))).map(({ state }) => state).sort()).toEqual(['failed', 'held', 'held']), {
    timeout: 10_000,
  });
  const held = (await Promise.all(ids.map(rowOf))).filter(({ state }) => state === 'held');
  for (const { id } of held) await putBack(id);
  expect([tried, (await db.prisma.deployment.findUniqueOrThrow({ where: { id: deployment } })).failures]).toEqual([1, FAULTS_TO_OPEN + 1]);
});
