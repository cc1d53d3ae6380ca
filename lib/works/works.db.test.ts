import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks, getBalance, listStatement } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { followRuns } from '@/lib/generations/follow-runs';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { readRecord } from '@/lib/protocol/png-record';
import { receiptDigest } from '@/lib/protocol/receipt';
import { receiptOf } from '@/lib/protocol/work-record';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { createTestDatabase, type TestDatabase } from '@/scripts/lib/test-database';
import { getWork } from './get-work';
import { getOpening } from './openings/queries';
import { listGallery, listMyWorks } from './queries';
import { findPreview, readSealedFile } from './read-file';
import { refundUnsealed } from './refund-unsealed';
import { sealWork } from './seal-work';
import { shareWork } from './share-work';

let test: TestDatabase;
let db: ReturnType<typeof openDatabase>;
let version: Hex;
let owner: Actor;
let other: Actor;
const folder = mkdtempSync(join(tmpdir(), 'intaglio-works-'));
process.env.STORAGE_DIR = folder;
const context = () => ({ db, signal: new AbortController().signal, attempt: 1, maxAttempts: 10 });
const person = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);

beforeAll(async () => {
  test = await createTestDatabase();
  db = openDatabase(test.url);
  version = (await seedTestModel(db, await person())).digest;
  [owner, other] = [await person(), await person()];
  await grantCredits(db, owner, 100_000n);
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
  await test.drop();
  rmSync(folder, { recursive: true });
});

async function makeWork(): Promise<string> {
  const { token, quoteId } = await quote(db, owner, { version, prompt: 'secret words', params: {}, seed: null, count: 1 });
  await startGenerations(db, owner, { token });
  const [run] = await listGenerations(db, owner, { quoteId });
  const id = run?.id ?? '';
  await createRunGeneration(db, { test: seedPixels })({ id }, context());
  return id;
}
async function makeSealedWork(): Promise<string> {
  const id = await makeWork();
  await sealWork({ id }, context());
  return id;
}

describe('sealing', () => {
  it('writes the signed record into the file, so that the receipt follows from the file', async () => {
    const id = await makeSealedWork();
    const { bytes } = await readSealedFile(db, owner, id);
    const record = readRecord(bytes);
    const work = await getWork(db, owner, id);
    expect(record && receiptDigest(record.chainId, record.collection, receiptOf(record))).toBe(work?.digests.receipt);
    expect(record?.params).toBe(work?.paramsText);
    expect(bytes.includes('secret words')).toBe(false);
  });

  it('gives nobody the file before, and does nothing the second time', async () => {
    const id = await makeWork();
    await expect(readSealedFile(db, owner, id)).rejects.toMatchObject({ code: 'not_sealed' });
    await expect(shareWork(db, owner, { id, shared: true })).rejects.toMatchObject({ code: 'not_sealed' });
    await sealWork({ id }, context());
    const sealed = await db.prisma.work.findUniqueOrThrow({ where: { id } });
    await sealWork({ id }, context());
    expect(await db.prisma.work.findUniqueOrThrow({ where: { id } })).toEqual(sealed);
  });

  it('that does not happen within an hour gives the price back once, the work stays closed, and whoever follows the run is told', async () => {
    const id = await makeWork();
    expect(await listGenerations(db, owner, { open: true })).toContainEqual(expect.objectContaining({ id }));
    const [told, patience] = [[] as unknown[], AbortSignal.timeout(10_000)];
    const following = (async () => {
      for await (const runs of followRuns(db, owner, { id }, patience)) if (runs) told.push(runs[0]?.error?.code ?? null);
    })();
    await vi.waitFor(() => expect(told).toEqual([null]));
    const before = BigInt((await getBalance(db, owner)).availableMillicredits);
    await db.pool.query(`UPDATE work SET captured_at = now() - interval '61 minutes' WHERE id = $1`, [id]);
    expect(await refundUnsealed(db)).toBe(1);
    expect(await refundUnsealed(db)).toBe(0);
    expect(BigInt((await getBalance(db, owner)).availableMillicredits)).toBe(before + 2000n);
    expect((await listStatement(db, owner)).entries.filter((e) => e.ref === id && e.code === 'run_refund')).toHaveLength(2);
    await sealWork({ id }, context());
    await expect(readSealedFile(db, owner, id)).rejects.toMatchObject({ code: 'not_sealed' });
    await following;
    expect([patience.aborted, ...told]).toEqual([false, null, 'seal_failed']);
    expect(await listGenerations(db, owner, { open: true })).not.toContainEqual(expect.objectContaining({ id }));
  });
});

describe('a private work', () => {
  it('is not there for anybody else, in any way', async () => {
    const id = await makeSealedWork();
    const { previewSmall } = await db.prisma.work.findUniqueOrThrow({ where: { id } });
    for (const actor of [other, null]) {
      expect(await getWork(db, actor, id)).toBeNull();
      await expect(findPreview(db, actor, id, previewSmall ?? '')).rejects.toMatchObject({ code: 'not_found' });
      await expect(readSealedFile(db, actor, id)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(shareWork(db, other, { id, shared: true })).rejects.toMatchObject({ code: 'not_found' });
    expect((await listGallery(db)).works.map((w) => w.id)).not.toContain(id);
    expect((await listMyWorks(db, other)).works).toEqual([]);
    expect((await findPreview(db, owner, id, previewSmall ?? '')).isPublic).toBe(false);
  });

  it('is seen by everyone once it is shared, without its prompt and its file', async () => {
    const id = await makeSealedWork();
    await shareWork(db, owner, { id, shared: true });
    const seen = await getWork(db, null, id);
    expect(seen).toMatchObject({ file: null, isOwner: false });
    expect(JSON.stringify(seen)).not.toContain('secret words');
    expect(await getOpening(db, null, id)).toBeNull();
    expect((await getOpening(db, owner, id))?.opening?.prompt).toBe('secret words');
    await expect(readSealedFile(db, other, id)).rejects.toMatchObject({ code: 'not_found' });
    await shareWork(db, owner, { id, shared: false });
    expect(await getWork(db, null, id)).toBeNull();
  });
});

it('pages through works without losing or repeating one', async () => {
  const wanted = (await listMyWorks(db, owner)).works.length;
  for (let i = wanted; i < 27; i++) await makeSealedWork();
  const first = await listMyWorks(db, owner);
  const second = await listMyWorks(db, owner, { cursor: first.nextCursor ?? '' });
  const ids = [...first.works, ...second.works].map((w) => w.id);
  expect(new Set(ids).size).toBe(27);
  expect(second.nextCursor).toBeNull();
  expect((await listMyWorks(db, owner, { cursor: 'nonsense' })).works.map((w) => w.id)).toEqual(first.works.map((w) => w.id));
});
