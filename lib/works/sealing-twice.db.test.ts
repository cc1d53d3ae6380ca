import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { sealWork } from './seal-work';
import { failWritesOf } from './testing/fail-writes';
import { contextOf, worksIn } from './testing/make-works';
import { revokeMeanwhile } from './testing/revoke-meanwhile';

// Two sealings of a work are two files: what counts is the one that its row names.
const OPERATOR = `0x${'0a'.repeat(20)}` as const;
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);

const db = openDatabase(process.env.DATABASE_URL ?? '');
const folder = mkdtempSync(join(tmpdir(), 'sealing-'));
const { newPerson, newModel, make, workOf, fileOf, read } = worksIn(db);
const storedFiles = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
let model: Hex;
let anna: Actor;

beforeAll(async () => {
  vi.stubEnv('STORAGE_DIR', folder);
  model = await newModel('twice');
  anna = await newPerson();
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

async function expectSealed(id: string): Promise<void> {
  const [file, { sealedBytes }] = [await fileOf(id), await workOf(id)];
  expect([file.length, (await read(file)).state]).toEqual([sealedBytes, 'trusted']);
}

test('of several workers that seal one work at once the first decides, and its file is whole', async () => {
  const id = await make(anna, model, { sealed: false });
  const rows = await Promise.all(
    Array.from({ length: 4 }, async () => {
      await sealWork({ id }, contextOf(db));
      return workOf(id);
    }),
  );
  expect(new Set(rows.map(({ sealedBlob, sealedAt }) => `${sealedBlob} ${sealedAt?.toISOString()}`)).size).toBe(1);
  await expectSealed(id);
});

test('a worker that dies between the file and the row leaves a file that nobody names; the next one seals the work', async () => {
  const id = await make(anna, model, { sealed: false });
  const before = storedFiles();
  const mend = await failWritesOf(process.env.DATABASE_OWNER_URL, 'work');
  await expect(sealWork({ id }, contextOf(db))).rejects.toThrow('the process died');
  await mend();
  expect([storedFiles() > before, (await workOf(id)).sealedBlob]).toEqual([true, null]);
  await sealWork({ id }, contextOf(db));
  await expectSealed(id);
});

test('a job that comes again stores nothing', async () => {
  const id = await make(anna, model);
  const [row, files] = [await workOf(id), storedFiles()];
  await sealWork({ id }, contextOf(db));
  expect([await workOf(id), storedFiles()]).toEqual([row, files]);
});

test('a file whose certificate was revoked while it was sealed is named by no row; it is sealed again with the next', async () => {
  const id = await make(anna, model, { sealed: false });
  revokeMeanwhile(db, { ...anna, address: OPERATOR });
  await sealWork({ id }, contextOf(db));
  expect(await db.prisma.credentialCertificate.count({ where: { NOT: { revokedAt: null } } })).toBe(1);
  await expectSealed(id);
});
