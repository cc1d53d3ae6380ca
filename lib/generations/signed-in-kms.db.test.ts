import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { recoverSigner } from '@/lib/keys/signer';
import { startTestKms } from '@/lib/keys/testing/test-kms';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import type { KmsStandIn } from '@/scripts/standins/kms/server';
import { scriptedModels } from './testing/scripted-models';

// Runs of a version whose key is in KMS, and what becomes of them when KMS fails.
const db = openDatabase(process.env.DATABASE_URL ?? '');
const { newPerson, startRun, run } = scriptedModels(db);
let kms: KmsStandIn;
let version: { digest: Hex; signerAddress: Hex };
let actor: Actor;
beforeAll(async () => {
  kms = await startTestKms('version');
  version = await seedTestModel(db, await seedPerson(db, `0x${randomBytes(20).toString('hex')}`), { provider: 'a' });
});
beforeEach(async () => {
  actor = await newPerson();
  await grantCredits(db, actor, 2_000n);
});
afterAll(async () => {
  await db.close();
  await kms.close();
});

const make = (id: string) => run(id, { a: seedPixels });
const rowOf = (id: string) => db.prisma.generation.findUniqueOrThrow({ where: { id } });
const held = async () => (await getBalance(db, actor)).heldMillicredits;

test('is captured with a signature of that key, with the low s whichever KMS gave', async () => {
  const id = await startRun(version.digest, actor);
  kms.fail('Sign', 'high s');
  await make(id);
  const work = await db.prisma.work.findUniqueOrThrow({ where: { id } });
  expect((await rowOf(id)).state).toBe('captured');
  expect(recoverSigner(work.receiptDigest as Hex, work.signature as Hex)).toBe(version.signerAddress);
});

test.each(['internal', 'deny'] as const)('waits with its credits held while KMS cannot sign (%s), and is captured once it can', async (fault) => {
  const id = await startRun(version.digest, actor);
  kms.fail('Sign', fault, fault === 'internal' ? 3 : 1);
  await expect(make(id)).rejects.toMatchObject({ code: fault === 'internal' ? 'key_service_unavailable' : 'misconfigured' });
  expect([(await rowOf(id)).state, await held()]).toEqual(['running', '2000']);
  await make(id);
  expect([(await rowOf(id)).state, await held()]).toEqual(['captured', '0']);
});

test.each(['other key', 'no signature'] as const)('fails where KMS signs with %s, and nothing is charged', async (fault) => {
  const id = await startRun(version.digest, actor);
  kms.fail('Sign', fault);
  await make(id);
  expect(await rowOf(id)).toMatchObject({ state: 'failed', errorCode: 'signer_mismatch' });
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '2000', heldMillicredits: '0' });
  // Not the endpoint's: it is left alone for faults of its own.
  expect(await db.prisma.deployment.findFirst({ where: { versionDigest: version.digest } })).toMatchObject({ failures: 0 });
  expect(await db.prisma.operatorAlert.findMany({ where: { kind: 'receipt_signed_wrongly' } })).toMatchObject([
    { details: { version: version.digest } },
  ]);
});

test('fails where an endpoint that signs by itself gives no signature, and that is its own fault', async () => {
  const manifest = { name: 'Signed there', signerCustody: 'creator', reproducibility: 'C' } as const;
  const there = await seedTestModel(db, await seedPerson(db, `0x${randomBytes(20).toString('hex')}`), {
    slug: 'signed-there',
    provider: 'a',
    manifest,
  });
  const id = await startRun(there.digest, actor);
  await make(id);
  expect(await rowOf(id)).toMatchObject({ state: 'failed', errorCode: 'signer_mismatch' });
  expect(await db.prisma.deployment.findFirst({ where: { versionDigest: there.digest } })).toMatchObject({ failures: 1 });
  expect(await db.prisma.operatorAlert.count({ where: { details: { path: ['version'], equals: there.digest } } })).toBe(0);
});
