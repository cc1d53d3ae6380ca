import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { embeddedCredentials } from '@/lib/credentials/embedded-credentials';
import { openDatabase } from '@/lib/db';
import { takeUpload } from '@/lib/uploads/take-upload';
import { plain } from '@/lib/uploads/testing/files';
import { MAX_PARENT_BYTES } from './parents-of';
import { shareWork } from './share-work';
import { worksIn } from './testing/make-works';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const folder = mkdtempSync(join(tmpdir(), 'parents-'));
const { newPerson, newModel, make, workOf, fileOf, read } = worksIn(db);
let [plainModel, remix] = ['0x', '0x'] as [Hex, Hex];
let anna: Actor;

beforeAll(async () => {
  vi.stubEnv('STORAGE_DIR', folder);
  [plainModel, remix] = [await newModel('plain'), await newModel('remix', { takesPicture: true })];
  anna = await newPerson();
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

const share = (id: string, shared = true) => shareWork(db, anna, { id, shared });
/** What the file of a work says of its parent, and whether these works' records are in it. */
async function lineOf(id: string, ...others: string[]) {
  const file = await fileOf(id);
  const { state, problems, manifest, ingredients } = await read(file);
  const isIn = await Promise.all(others.map(async (other) => file.includes((await workOf(other)).signature)));
  const [parent, ...more] = ingredients.filter(({ types }) => types.length === 0);
  return { state, problems, actions: manifest?.actions.map(({ action }) => action), parent, more, isIn, credentials: embeddedCredentials(file) };
}

test('a work made from one that everybody may see opens it, with its credentials and its record', async () => {
  const parent = await make(anna, plainModel);
  await share(parent);
  const line = await lineOf(await make(anna, remix, { parentWorkId: parent }), parent);
  expect(line).toMatchObject({ state: 'trusted', problems: [], actions: ['c2pa.opened', 'c2pa.edited'], isIn: [true], more: [] });
  expect(line.parent).toMatchObject({ title: expect.stringMatching(/^plain /), relationship: 'parentOf', hasCredentials: true });
});

test('of a private parent there is the digest of its receipt and nothing else', async () => {
  const parent = await make(anna, plainModel);
  const { receiptDigest } = await workOf(parent);
  const line = await lineOf(await make(anna, remix, { parentWorkId: parent }), parent);
  expect(line).toMatchObject({ state: 'trusted', problems: [], actions: ['c2pa.opened', 'c2pa.edited'], isIn: [false], more: [] });
  const said = { title: 'a work that is not public', description: `receipt ${receiptDigest}`, relationship: 'parentOf', hasCredentials: false };
  expect(line.parent).toMatchObject(said);
});

test('a parent in name alone was not changed: the work is created, and the parent an input', async () => {
  const parent = await make(anna, plainModel);
  await share(parent);
  const line = await lineOf(await make(anna, plainModel, { parentWorkId: parent }), parent);
  expect(line).toMatchObject({ state: 'trusted', actions: ['c2pa.created'], parent: { relationship: 'inputTo', hasCredentials: true } });
});

test('an upload is named by its content, which is in the parameters anyway', async () => {
  const { content } = await takeUpload(db, anna, await plain(40));
  const line = await lineOf(await make(anna, remix, { picture: content }));
  expect(line).toMatchObject({ state: 'trusted', actions: ['c2pa.opened', 'c2pa.edited'] });
  expect(line.parent).toMatchObject({ title: 'a picture of the collector’s own', description: `content ${content}`, hasCredentials: false });
  expect((await lineOf(await make(anna, remix))).actions).toEqual(['c2pa.created']);
});

test('a record whose owner took the work back since is not passed on, and a private one that never was in it is no hindrance', async () => {
  const [first, hidden] = [await make(anna, plainModel), await make(anna, plainModel)];
  await share(first);
  const [second, other] = [await make(anna, remix, { parentWorkId: first }), await make(anna, remix, { parentWorkId: hidden })];
  await share(second);
  await share(other);
  await share(first, false);
  const cut = await lineOf(await make(anna, remix, { parentWorkId: second }), first, second);
  expect(cut).toMatchObject({
    state: 'trusted',
    isIn: [false, false],
    parent: { title: 'a work with credentials of its own', hasCredentials: false },
  });
  expect(cut.parent?.description).toMatch(/^receipt 0x[0-9a-f]{64}, credentials sha-256 0x[0-9a-f]{64}$/);
  const whole = await lineOf(await make(anna, remix, { parentWorkId: other }), hidden, other);
  expect(whole).toMatchObject({ state: 'trusted', isIn: [false, true], parent: { hasCredentials: true } });
});

test('a long line is cut where it gets too large, and goes on from there', async () => {
  let id = await make(anna, plainModel);
  const sizes: number[] = [];
  const cuts: boolean[] = [];
  for (let generation = 0; generation < 20; generation++) {
    await share(id);
    id = await make(anna, remix, { parentWorkId: id });
    const line = await lineOf(id);
    expect(line.state).toBe('trusted');
    sizes.push(line.credentials?.length ?? 0);
    cuts.push(line.parent?.hasCredentials === false);
  }
  const cut = cuts.indexOf(true);
  expect(cut).toBeGreaterThan(6);
  expect(sizes[cut - 1]).toBeGreaterThan(MAX_PARENT_BYTES);
  expect(sizes[cut]).toBeLessThan(8192);
  expect(Math.max(...sizes)).toBeLessThan(MAX_PARENT_BYTES + 12_000);
});
