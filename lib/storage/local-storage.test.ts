import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localStorage } from './local-storage';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'intaglio-storage-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('gives back what was put, under its sha-256', async () => {
  const store = localStorage(folder);
  const digest = await store.put(Buffer.from('plate'));
  expect(digest).toBe(await store.put(Buffer.from('plate')));
  expect((await store.get(digest)).toString()).toBe('plate');
  expect(await store.has(digest)).toBe(true);
  expect(await store.size(digest)).toBe(5);
});

it('refuses bytes that changed on disk', async () => {
  const store = localStorage(folder);
  const digest = await store.put(Buffer.from('proof'));
  await writeFile(join(folder, digest.slice(0, 2), digest.slice(2, 4), digest), 'forged');
  await expect(store.get(digest)).rejects.toMatchObject({ code: 'storage_failed' });
});

it('says not_found for a digest it does not have, and for a path in disguise', async () => {
  await expect(localStorage(folder).get('0'.repeat(64))).rejects.toMatchObject({ code: 'not_found' });
  await expect(localStorage(folder).get('../../etc/passwd')).rejects.toMatchObject({ code: 'not_found' });
  await expect(localStorage(folder).size('0'.repeat(64))).rejects.toMatchObject({ code: 'not_found' });
});

it('leaves no temporary file behind when the folder cannot be written', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(localStorage(file).put(Buffer.from('x'))).rejects.toMatchObject({ code: 'storage_failed' });
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

it('removes what is not kept for ever, and says nothing where it is not there', async () => {
  const store = localStorage(folder);
  const digest = await store.put(Buffer.from('passing'));
  await store.remove(digest);
  await store.remove(digest);
  expect(await store.has(digest)).toBe(false);
  await expect(store.remove('../../etc/passwd')).rejects.toMatchObject({ code: 'not_found' });
});
