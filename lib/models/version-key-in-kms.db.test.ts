import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { rewrapKeys } from '@/lib/keys/rewrap-keys';
import { createKey, houseKey, SEALED_KEYS } from '@/lib/keys/sealed-keys';
import { startTestKms } from '@/lib/keys/testing/test-kms';
import { seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import type { KmsStandIn } from '@/scripts/standins/kms/server';

// Keys of versions are made in KMS here; those of the house are not.
const db = openDatabase(process.env.DATABASE_URL ?? '');
const person = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
const states = () => kms.keys().map(({ state }) => state);
let kms: KmsStandIn;
beforeAll(async () => {
  kms = await startTestKms('version');
});
afterAll(async () => {
  await db.close();
  await kms.close();
});

test('a new version has its key in KMS, and the row names it and holds nothing of it', async () => {
  const { digest, signerAddress } = await seedTestModel(db, await person());
  const { signerKey } = await db.prisma.modelVersion.findUniqueOrThrow({ where: { digest }, include: { signerKey: true } });
  const [key] = kms.keys();
  expect(signerKey).toMatchObject({ kmsKeyId: key?.arn, address: signerAddress, kid: null, wrappedKey: null, ciphertext: null });
  expect(key?.tags).toEqual({ 'intaglio-key': signerKey?.id, 'intaglio-purpose': 'version' });
  expect(await rewrapKeys(db, SEALED_KEYS)).toBe(0);
});

test('the same version again makes no other key', async () => {
  const creator = await person();
  const first = await seedTestModel(db, creator, { slug: 'again' });
  const made = kms.calls().filter((call) => call === 'CreateKey').length;
  expect(await seedTestModel(db, creator, { slug: 'again' })).toEqual({ ...first, isNew: false });
  expect(kms.calls().filter((call) => call === 'CreateKey')).toHaveLength(made);
});

test('of two who register it at once, one keeps the key and the other has its own deleted', async () => {
  const creator = await person();
  const before = states().length;
  const both = await Promise.allSettled([1, 2].map(() => seedTestModel(db, creator, { slug: 'twice' })));
  expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(states().slice(before).toSorted()).toEqual(['Enabled', 'PendingDeletion']);
  const kept = kms
    .keys()
    .slice(before)
    .find(({ state }) => state === 'Enabled');
  const { signerKey } = await db.prisma.modelVersion.findFirstOrThrow({ where: { model: { slug: 'twice' } }, include: { signerKey: true } });
  expect(signerKey?.kmsKeyId).toBe(kept?.arn);
});

test('the key of a version that cannot be registered is deleted', async () => {
  await seedTestModel(db, await person(), { slug: 'taken' });
  await expect(seedTestModel(db, await person(), { slug: 'taken' })).rejects.toMatchObject({ code: 'conflict' });
  expect(states().at(-1)).toBe('PendingDeletion');
});

test('while KMS does not answer, nothing is registered', async () => {
  kms.fail('CreateKey', 'internal');
  await expect(seedTestModel(db, await person(), { slug: 'unlucky' })).rejects.toMatchObject({ code: 'key_service_unavailable' });
  expect(await db.prisma.model.count({ where: { slug: 'unlucky' } })).toBe(0);
});

test('keys for other purposes are sealed here', async () => {
  const { id } = await houseKey(db, 'platform');
  expect(await db.prisma.sealedKey.findUniqueOrThrow({ where: { id } })).toMatchObject({ kmsKeyId: null, ciphertext: expect.anything() });
});

test('a row names a key in KMS or holds one, never both and never neither', async () => {
  const { id } = await createKey(db.prisma, 'treasury');
  for (const data of [{ kmsKeyId: 'arn:both' }, { ciphertext: null }]) {
    await expect(db.prisma.sealedKey.update({ where: { id }, data })).rejects.toThrow(/sealed_key_is_in_one_place/);
  }
  const nowhere = { id: newId(), purpose: 'version', address: '0xnowhere' };
  await expect(db.prisma.sealedKey.create({ data: nowhere })).rejects.toThrow(/sealed_key_is_in_one_place/);
});
