import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '@/lib/db';
import { creatorAdapters } from '@/lib/inference/adapters/all-adapters';
import { storeSecret } from '@/lib/models/deployment-secret';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { type ReplicateStandIn, startReplicate } from '@/scripts/standins/models/replicate';
import { signHook } from '@/scripts/standins/models/sign-replicate';
import { listGenerations } from './queries';
import { quote } from './quote';
import { receiveHook } from './receive-hook';
import { createRunGeneration } from './run-generation';
import { startGenerations } from './start-generations';

const db = openDatabase(process.env.DATABASE_URL ?? '');
let replicate: ReplicateStandIn;
let version: Hex;
let deployment: string;

beforeAll(async () => {
  replicate = await startReplicate();
  vi.stubEnv('ENDPOINT_PRIVATE_HOSTS', new URL(replicate.url).host);
  const creator = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  const size = (length: number) => ({ type: 'integer', title: 'Size', default: length, enum: [length] });
  const parameters = { type: 'object' as const, additionalProperties: false, properties: { width: size(64), height: size(64) } };
  version = (await seedTestModel(db, creator, { provider: 'replicate', manifest: { parameters, reproducibility: 'C' } })).digest;
  deployment = (await db.prisma.deployment.findFirstOrThrow({ where: { versionDigest: version } })).id;
  const { version: reference, token: secret } = replicate.world;
  await db.prisma.deployment.update({ where: { id: deployment }, data: { url: replicate.url, reference, mustReport: reference } });
  await storeSecret(db.pool, { id: deployment, version }, { secret, webhookSecret: null });
});
afterAll(async () => {
  await replicate.close();
  await db.close();
});

async function startRun(): Promise<string> {
  const actor = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  await grantCredits(db, actor, 10_000n);
  const { token, quoteId } = await quote(db, actor, { version, prompt: 'a private thought', params: {}, seed: '18446744073709551615', count: 1 });
  await startGenerations(db, actor, { token });
  return (await listGenerations(db, actor, { quoteId }))[0]?.id ?? '';
}
const run = (id: string) =>
  createRunGeneration(db, creatorAdapters())({ id }, { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 });
const rowOf = (id: string) => db.prisma.generation.findUniqueOrThrow({ where: { id }, include: { report: true, calls: true } });
const hook = (body: string, headers: Record<string, string>) => ({ headers, rawBody: body, nowMs: Date.now() });

test('a run at Replicate is submitted, followed and captured, with its version reported and its seed sent to the last digit', async () => {
  const id = await startRun();
  await run(id);
  const row = await rowOf(id);
  expect(row).toMatchObject({ state: 'captured', report: { modelReported: replicate.world.version, deploymentId: deployment } });
  expect([...replicate.jobs.values()].map((job) => job.input.seed)).toContain(18446744073709551615n);
  expect(row.report?.providerJobId).toBe(row.calls[0]?.jobId);
});

test('a webhook that Replicate signed has the job looked at at once; any other is refused and changes nothing', async () => {
  replicate.world.states = [...Array<'processing'>(1_000).fill('processing'), 'succeeded'];
  const id = await startRun();
  const done = run(id);
  await vi.waitFor(async () => expect((await rowOf(id)).calls[0]?.jobId).toBeTruthy());
  const jobId = (await rowOf(id)).calls[0]?.jobId ?? '';
  const body = JSON.stringify({ id: jobId, status: 'succeeded' });
  const forged = receiveHook(db, creatorAdapters(), deployment, hook(body, signHook(body, ['whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0'])));
  await expect(forged).rejects.toMatchObject({ code: 'bad_signature' });
  expect((await rowOf(id)).calls[0]?.movedAt).toBeNull();
  await replicate.finish();
  for (let again = 0; again < 3; again++) await receiveHook(db, creatorAdapters(), deployment, hook(body, signHook(body, replicate.world.secrets)));
  await done;
  expect(await rowOf(id)).toMatchObject({ state: 'captured', calls: [{ movedAt: expect.any(Date) }] });
});

test('nobody is heard for a deployment that is not there', async () => {
  for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000']) {
    await expect(receiveHook(db, creatorAdapters(), id, hook('{}', {}))).rejects.toMatchObject({ code: 'not_found' });
  }
});
