import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { seedPerson } from '@/prisma/seed/people';
import { revokeLeaf } from './revoke-leaf';
import { signingKey } from './signing-key';
import { writeSigned } from './write-signed';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const OPERATOR = '0x00000000000000000000000000000000000000aa';
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);
let operator: Actor;
beforeEach(async () => {
  operator = await seedPerson(db, OPERATOR);
});
afterAll(() => db.close());

const leafNow = async () => (await signingKey(db)).leaf;
const revoke = (serial: string | null) => revokeLeaf(db, operator, { serial: serial ?? '', because: 'the key was copied' });

test('what a leaf signed is written by nobody once that leaf is revoked; it is signed again by the next', async () => {
  const signers: (string | null)[] = [];
  const written = await writeSigned(db, async () => {
    const leaf = await leafNow();
    signers.push(leaf);
    if (signers.length === 1) await revoke(leaf);
    return { leaf, write: async () => leaf };
  });
  expect([signers.length, new Set(signers).size, written]).toEqual([2, 2, signers[1]]);
});

test('a leaf is not revoked while a row is written that names what it signed', async () => {
  const order: string[] = [];
  let revoked: Promise<unknown> = Promise.resolve();
  const leaf = await leafNow();
  const write = async () => {
    revoked = revoke(leaf).then(() => order.push('revoked'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    order.push('written');
  };
  await writeSigned(db, async () => ({ leaf, write }));
  await revoked;
  expect(order).toEqual(['written', 'revoked']);
});

test('it is not tried for ever, and a certificate of the settings is nobody’s here to revoke', async () => {
  const write = vi.fn(async () => 'written');
  const make = vi.fn(async () => ({ leaf: 'of nobody', write }));
  await expect(writeSigned(db, make)).rejects.toMatchObject({ code: 'internal' });
  expect([make.mock.calls.length, write.mock.calls.length]).toEqual([3, 0]);
  expect(await writeSigned(db, async () => ({ leaf: null, write }))).toBe('written');
});
