import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { findUpload } from '@/lib/uploads/queries';
import { takeUpload } from '@/lib/uploads/take-upload';
import { plain } from '@/lib/uploads/testing/files';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel, testManifest } from '@/prisma/seed/test-model';
import { getWork } from './get-work';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const folder = mkdtempSync(join(tmpdir(), 'made-from-'));
beforeAll(() => vi.stubEnv('STORAGE_DIR', folder));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await db.close();
});

test('the page of a work that was made from an upload has the upload’s content, and no name of its row or of its bytes', async () => {
  const actor = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  const { parameters } = testManifest(actor.address);
  const picture = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png' };
  const withPicture = { ...parameters, properties: { ...(parameters.properties as object), picture } };
  const { digest: version } = await seedTestModel(db, actor, { manifest: { parameters: withPicture } });
  const { content } = await takeUpload(db, actor, await plain(40));
  await grantCredits(db, actor, 2_000n);
  const { token, quoteId } = await quote(db, actor, { version, prompt: '', params: { picture: content }, seed: '7', count: 1 });
  await startGenerations(db, actor, { token });
  const id = (await listGenerations(db, actor, { quoteId }))[0]?.id ?? '';
  const context = { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 };
  await createRunGeneration(db, { test: seedPixels })({ id }, context);
  await db.pool.query('UPDATE work SET sealed_at = now(), shared_at = now() WHERE id = $1', [id]);
  const page = JSON.stringify(await getWork(db, null, id));
  const upload = await findUpload(db, actor.userId, content);
  expect([content, upload.id, upload.blob].map((text) => page.includes(text))).toEqual([true, false, false]);
});
