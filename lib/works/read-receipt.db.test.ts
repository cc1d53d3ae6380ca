import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { isOpening, isReceipt, whatFails } from '@/lib/protocol/testing/check-receipt-file';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { readOpeningFile } from './openings/queries';
import { readReceipt } from './read-receipt';
import { sealWork } from './seal-work';
import { shareWork } from './share-work';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const person = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
let [owner, other] = [] as unknown as [Actor, Actor];
let work: string;

beforeAll(async () => {
  [owner, other] = [await person(), await person()];
  const { digest } = await seedTestModel(db, await person());
  await grantCredits(db, owner, 10_000n);
  const { token, quoteId } = await quote(db, owner, { version: digest, prompt: 'secret words', params: {}, seed: null, count: 1 });
  await startGenerations(db, owner, { token });
  work = (await db.prisma.generation.findFirstOrThrow({ where: { quoteId } })).id;
  const context = { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 };
  await createRunGeneration(db, { test: seedPixels })({ id: work }, context);
  await sealWork({ id: work }, context);
});
afterAll(() => db.close());

it('the receipt of a private work is its owner’s, and of a public one everyone’s, without the prompt', async () => {
  for (const actor of [other, null]) await expect(readReceipt(db, actor, work)).rejects.toMatchObject({ code: 'not_found' });
  await expect(readReceipt(db, owner, '01a22f00-0000-7000-8000-000000000000')).rejects.toMatchObject({ code: 'not_found' });
  const own = await readReceipt(db, owner, work);
  await shareWork(db, owner, { id: work, shared: true });
  expect(await readReceipt(db, null, work)).toEqual(own);
  expect(JSON.stringify(own)).not.toContain('secret words');
});

it('the receipt and the opening that we hand out are what the schemas describe, and hold by other people’s libraries', async () => {
  const { file, name } = await readReceipt(db, owner, work);
  expect([isReceipt(file), isReceipt.errors, await whatFails(file)]).toEqual([true, null, null]);
  expect(file).toMatchObject({ proofType: 'attestation', reproducibility: 'A', signer: { kind: 'eoa', custody: 'platform' }, token: null });
  expect(name).toMatch(/^proof-[0-9a-f]{8}\.receipt\.json$/);
  expect(isOpening(await readOpeningFile(db, owner, work))).toBe(true);
});
