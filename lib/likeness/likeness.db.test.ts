import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { storage } from '@/lib/storage/storage';
import { shareWork } from '@/lib/works/share-work';
import { seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { indexWorks, putLikeness } from './index-works';
import { findAlike, listCopiesOfMine, listCopiesOfModel } from './queries';
import { readLikeness } from './read-likeness';
import type { Pixels } from './shrink';
import { copyOf, makePicture, pictureManifest, pictureOf } from './testing/picture-works';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const folder = mkdtempSync(join(tmpdir(), 'intaglio-likeness-'));
process.env.STORAGE_DIR = folder;
const person = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
const picture = pictureOf(1);
let version: Hex;
let otherVersion: Hex;
let [creator, otherCreator, anna, ben]: Actor[] = [];
let work: string;

const actor = (one: Actor | undefined) => one ?? expect.fail('not there yet');
const share = (id: string, owner: Actor | undefined, shared = true) => shareWork(db, actor(owner), { id, shared });
const found = async (pixels: Pixels) => (await findAlike(db, readLikeness(pixels))).map(({ id, closeness }) => [id, closeness]);
async function changed(how: (image: Sharp) => Sharp): Promise<Pixels> {
  const image = sharp(picture.rgba, { raw: { width: picture.width, height: picture.height, channels: 4 } });
  const file = await how(image).toBuffer();
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
}

beforeAll(async () => {
  [creator, otherCreator, anna, ben] = [await person(), await person(), await person(), await person()];
  version = (await seedTestModel(db, creator, { slug: 'first', manifest: { ...pictureManifest, name: 'First' } })).digest;
  const second = { slug: 'second', collection: `0x${'c1'.repeat(20)}` as const, manifest: { ...pictureManifest, name: 'Second' } };
  otherVersion = (await seedTestModel(db, otherCreator, second)).digest;
  work = await makePicture(db, anna, version, picture);
  await makePicture(db, anna, version, pictureOf(2));
  expect(await indexWorks(db)).toBe(2);
  expect(await indexWorks(db)).toBe(0);
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a picture leads to the public work it looks like', () => {
  it('and to none while that is private, whatever it looks like', async () => {
    expect(await found(picture)).toEqual([]);
  });

  it('as it is, resized, re-encoded, brighter, mirrored and upside down', async () => {
    await share(work, anna);
    const copies = [
      picture,
      await changed((image) => image.resize(100).png()),
      await changed((image) => image.jpeg({ quality: 30 })),
      await changed((image) => image.modulate({ brightness: 1.1 }).webp({ quality: 60 })),
      await changed((image) => image.flop().jpeg({ quality: 60 })),
      await changed((image) => image.flip().png()),
    ];
    for (const copy of copies) expect(await found(copy)).toEqual([[work, expect.stringMatching(/identical|similar/)]]);
    expect(await findAlike(db, readLikeness(picture))).toMatchObject([
      { closeness: 'nearly identical', difference: 0, model: 'First', page: `/works/${work}`, previewSrc: expect.stringContaining(work) },
    ]);
  });

  it('and another picture, or one without form, leads nowhere', async () => {
    expect(await found(pictureOf(3))).toEqual([]);
    expect(await found({ width: 8, height: 8, rgba: new Uint8Array(256).fill(200) })).toEqual([]);
  });

  it('until its price was given back, or it is private again', async () => {
    await db.prisma.work.update({ where: { id: work }, data: { refundedAt: new Date() } });
    expect(await found(picture)).toEqual([]);
    await db.prisma.work.update({ where: { id: work }, data: { refundedAt: null } });
    expect(await found(picture)).toHaveLength(1);
    await share(work, anna, false);
    expect(await found(picture)).toEqual([]);
  });
});

describe('a later work that looks like an earlier one', () => {
  let copy: string;
  beforeAll(async () => {
    copy = await makePicture(db, actor(ben), otherVersion, await copyOf(picture));
    expect(await indexWorks(db)).toBe(1);
  });
  const ofMine = async (one: Actor | undefined) => (await listCopiesOfMine(db, actor(one))).map((found) => [found.original.id, found.copy.id]);
  const ofModel = async (one: Actor | undefined, slug: string) =>
    (await listCopiesOfModel(db, actor(one), slug)).map((found) => [found.original.id, found.copy.id]);

  it('is shown to nobody while it is private', async () => {
    for (const one of [anna, ben, creator, otherCreator]) expect(await ofMine(one)).toEqual([]);
    expect(await ofModel(creator, 'first')).toEqual([]);
  });

  it('is shown to the owner of the earlier one, not to the one who made it', async () => {
    await share(copy, ben);
    expect(await ofMine(anna)).toEqual([[work, copy]]);
    expect(await listCopiesOfMine(db, actor(anna))).toMatchObject([{ copy: { modelName: 'Second' }, isDeclared: false }]);
    for (const one of [ben, creator, otherCreator]) expect(await ofMine(one)).toEqual([]);
  });

  it('is shown to the creator of the model, where the earlier one is public', async () => {
    expect(await ofModel(creator, 'first')).toEqual([]);
    await share(work, anna);
    expect(await ofModel(creator, 'first')).toEqual([[work, copy]]);
    expect(await ofModel(creator, 'second')).toEqual([]);
    expect(await ofModel(otherCreator, 'second')).toEqual([]);
    for (const one of [otherCreator, anna, ben]) expect(await ofModel(one, 'first')).toEqual([]);
  });

  it('is no pair where one person makes both with one model', async () => {
    await share(await makePicture(db, actor(anna), version, await copyOf(picture)), anna);
    await indexWorks(db);
    expect(await ofMine(anna)).toEqual([[work, copy]]);
  });
});

it('a work that cannot be read keeps no other waiting, and is read once it can be', async () => {
  const ids = [await makePicture(db, actor(anna), version, pictureOf(4)), await makePicture(db, actor(anna), version, pictureOf(5))];
  const broken = await db.prisma.work.findUniqueOrThrow({ where: { id: ids[0] } });
  const read = (blob: string) => (blob === broken.outputBlob ? Promise.reject(new Error('the disk')) : storage().get(blob));
  await expect(indexWorks(db, read)).rejects.toThrow(broken.id);
  expect(await db.prisma.likeness.count({ where: { readAt: null } })).toBe(1);
  expect(await indexWorks(db)).toBe(1);
});

it('of two works read at the same moment one finds the other', async () => {
  const pixels = pictureOf(6);
  for (let round = 0; round < 5; round++) {
    const ids = [await makePicture(db, actor(anna), version, pixels), await makePicture(db, actor(ben), version, pixels)];
    await Promise.all(ids.map((id) => putLikeness(db, id, readLikeness(pixels))));
    const [earlierId = '', laterId = ''] = ids;
    expect(await db.prisma.likenessPair.findMany({ where: { earlierId, laterId } })).toEqual([{ earlierId, laterId, difference: 0 }]);
  }
});
