import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { FAULTS_TO_OPEN, FAULTS_TO_PAUSE } from '@/lib/models/record-outcome';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels } from '@/prisma/seed/test-model';
import { pokeCall } from './endpoint-calls';
import { failing, resultOf, scripted } from './testing/scripted-adapters';
import { scriptedModels } from './testing/scripted-models';

const db = openDatabase(process.env.DATABASE_URL ?? '');
beforeAll(() => vi.stubEnv('PUBLIC_URL', 'http://localhost:3000'));
afterAll(() => db.close());
const { newModel, addDeployment, startRun, run } = scriptedModels(db);

const rowOf = (id: string) => db.prisma.generation.findUniqueOrThrow({ where: { id }, include: { report: true, calls: true } });
const holdOf = async (id: string) =>
  (await db.pool.query<{ state: string }>('SELECT state::text FROM ledger.hold WHERE id = $1', [id])).rows[0]?.state;
const noticesOf = async (version: Hex) => {
  const { modelId } = await db.prisma.modelVersion.findUniqueOrThrow({ where: { digest: version } });
  return (await db.prisma.creatorNotice.findMany({ where: { modelId }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind);
};

describe('a version with two deployments', () => {
  test('runs at the second when the first fails uncharged, and the report says where', async () => {
    const { version } = await newModel();
    const { id: second } = await addDeployment(version, 'b');
    const id = await startRun(version);
    await run(id, { a: failing('no'), b: scripted({ submit: async (_, { seed }) => ({ kind: 'done', result: resultOf(seed) }) }) });
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: 'captured', report: { deploymentId: second, providerJobId: 'job-1', seedReported: '7' } });
    expect(row.report?.raw).toContain('twice');
    // The prompt is kept in one place, where it can be deleted; its creator reads the report.
    expect(row.report?.raw).not.toContain('a private thought');
  });

  test('is not run a second time when the first may have charged: the run fails and its hold is let go', async () => {
    const { version } = await newModel();
    await addDeployment(version, 'b');
    const id = await startRun(version);
    const second = vi.fn();
    await run(id, { a: failing('maybe'), b: scripted({ submit: second }) });
    expect([(await rowOf(id)).state, await holdOf(id), second.mock.calls.length]).toEqual(['failed', 'released', 0]);
  });
});

describe('a run whose worker died', () => {
  test('goes on with the job it left at the endpoint: nothing is sent twice', async () => {
    const { version } = await newModel();
    const id = await startRun(version);
    const submit = vi.fn(async () => ({ kind: 'waiting', job: { id: 'job-9' }, pollAfterMs: 1 }) as const);
    const dies = scripted({ submit, poll: () => Promise.reject(new Error('killed')) });
    await expect(run(id, { a: dies })).rejects.toThrow('killed');
    const poll = vi.fn(async () => ({ kind: 'done', result: resultOf(7n) }) as const);
    await run(id, { a: scripted({ submit, poll }) });
    expect(await rowOf(id)).toMatchObject({ state: 'captured', attempt: 2, calls: [{ jobId: 'job-9', attempt: 1 }] });
    expect([submit.mock.calls.length, poll.mock.calls[0]?.[1 as never]]).toEqual([1, { id: 'job-9' }]);
  });

  test('between sending and hearing the job’s name fails: sending again could charge its creator twice', async () => {
    const { version } = await newModel();
    const id = await startRun(version);
    await expect(run(id, { a: scripted({ submit: () => Promise.reject(new Error('killed')) }) })).rejects.toThrow('killed');
    const submit = vi.fn();
    await run(id, { a: scripted({ submit }) });
    expect([(await rowOf(id)).state, await holdOf(id), submit.mock.calls.length]).toEqual(['failed', 'released', 0]);
  });

  test('is sent again where that costs nobody anything', async () => {
    const { version } = await newModel();
    const id = await startRun(version);
    await expect(run(id, { a: scripted({ resubmit: 'free', submit: () => Promise.reject(new Error('killed')) }) })).rejects.toThrow('killed');
    await run(id, { a: seedPixels });
    expect((await rowOf(id)).state).toBe('captured');
  });
});

test('a webhook has the job looked at at once', async () => {
  const { version, deployment } = await newModel();
  const id = await startRun(version);
  const submit = async () => ({ kind: 'waiting', job: { id: 'job-2' }, pollAfterMs: 120_000 }) as const;
  const done = run(id, { a: scripted({ submit, poll: async () => ({ kind: 'done', result: resultOf(7n) }) }) });
  await vi.waitFor(async () => expect((await rowOf(id)).calls).toMatchObject([{ jobId: 'job-2' }]));
  await pokeCall(db, deployment, 'job-of-another');
  await pokeCall(db, deployment, 'job-2');
  await done;
  expect((await rowOf(id)).state).toBe('captured');
});

describe('an endpoint that fails', () => {
  test(`is left alone after ${FAULTS_TO_OPEN} times, and its creator is told once; a success starts the count again`, async () => {
    const { version, deployment } = await newModel();
    for (let i = 0; i < FAULTS_TO_OPEN; i++) await run(await startRun(version), { a: failing('maybe') });
    expect(await noticesOf(version)).toEqual(['endpoint_failing']);
    await expect(startRun(version)).rejects.toMatchObject({ code: 'model_unavailable' });
    await db.pool.query(`UPDATE deployment SET open_until = now() WHERE id = $1`, [deployment]);
    const id = await startRun(version);
    await run(id, { a: seedPixels });
    expect(await db.prisma.deployment.findUniqueOrThrow({ where: { id: deployment } })).toMatchObject({ failures: 0, openUntil: null });
  });

  test(`has its model paused after ${FAULTS_TO_PAUSE}, unless another deployment works`, async () => {
    const [alone, backed] = [await newModel(), await newModel()];
    await addDeployment(backed.version, 'b');
    for (const { version, deployment } of [alone, backed]) {
      const ids: string[] = [];
      for (let i = 0; i < FAULTS_TO_PAUSE; i++) ids.push(await startRun(version));
      for (const id of ids) {
        await db.pool.query('UPDATE deployment SET open_until = NULL WHERE id = $1', [deployment]);
        await run(id, { a: failing('maybe'), b: seedPixels });
        expect(await holdOf(id)).toBe('released');
      }
    }
    const statusOf = async (version: Hex) =>
      (await db.prisma.modelVersion.findUniqueOrThrow({ where: { digest: version }, include: { model: true } })).model;
    expect(await statusOf(alone.version)).toMatchObject({ status: 'paused', pausedBecause: expect.stringContaining('failed 10 times') });
    expect((await statusOf(backed.version)).status).toBe('published');
    expect(await noticesOf(alone.version)).toEqual(['endpoint_failing', 'endpoint_paused']);
  });

  test('by refusing what was asked is not counted; one that refuses its secret is told to its creator at once', async () => {
    const { version, deployment } = await newModel();
    for (let i = 0; i < FAULTS_TO_OPEN; i++) await run(await startRun(version), { a: failing('no', 'refused') });
    expect((await db.prisma.deployment.findUniqueOrThrow({ where: { id: deployment } })).failures).toBe(0);
    await run(await startRun(version), { a: failing('no', 'unauthorised') });
    expect(await noticesOf(version)).toEqual(['endpoint_refused_secret']);
  });
});

test.each([
  ['another model than the deployment declares', { modelReported: 'sd-other' }],
  ['none at all', { modelReported: null }],
])('a run of %s fails as substituted, is let go, and its creator is told', async (_what, report) => {
  const { version, deployment } = await newModel();
  await db.prisma.deployment.update({ where: { id: deployment }, data: { mustReport: 'sd-declared' } });
  const id = await startRun(version);
  await run(id, { a: scripted({ submit: async () => ({ kind: 'done', result: resultOf(7n, report) }) }) });
  expect(await rowOf(id)).toMatchObject({ state: 'failed', errorCode: 'model_substituted' });
  expect([await holdOf(id), await noticesOf(version)]).toEqual(['released', ['model_substituted']]);
});

describe('at once', () => {
  test('an endpoint has as many runs as its creator allows; the others wait, and come again by themselves', async () => {
    const { version, deployment } = await newModel();
    await db.prisma.deployment.update({ where: { id: deployment }, data: { maxRunning: 2 } });
    const ids = await Promise.all(Array.from({ length: 4 }, () => startRun(version)));
    const submit = () => new Promise<never>(() => {});
    for (const id of ids) void run(id, { a: scripted({ resubmit: 'free', submit }) });
    await vi.waitFor(async () => {
      const jobs = `SELECT count(*)::int AS n, (count(*) FILTER (WHERE run_at > created_at))::int AS later FROM graphile_worker._private_jobs WHERE payload ->> 'id' = ANY ($1)`;
      // Two were put back, each in place of the job that starting enqueued.
      expect((await db.pool.query(jobs, [ids])).rows).toEqual([{ n: 4, later: 2 }]);
    });
    const states = (await Promise.all(ids.map(rowOf))).map(({ state }) => state).sort();
    expect(states).toEqual(['held', 'held', 'running', 'running']);
  });

  test('one person has a stated number of runs', async () => {
    const { version } = await newModel();
    const person = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
    await grantCredits(db, person, 100_000n);
    const ids: string[] = [];
    for (let i = 0; i < 10; i++) ids.push(await startRun(version, person));
    for (const id of ids) void run(id, { a: scripted({ resubmit: 'free', submit: () => new Promise<never>(() => {}) }) });
    await vi.waitFor(async () => expect((await Promise.all(ids.map(rowOf))).filter(({ state }) => state === 'running')).toHaveLength(8));
    expect((await getBalance(db, person)).heldMillicredits).toBe('20000');
  });
});
