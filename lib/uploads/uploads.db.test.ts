import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { decodeRaster } from '@/lib/inference/check-output';
import { differenceHash } from '@/lib/inference/moderation/image-hashes';
import { rasterContent } from '@/lib/protocol/content';
import { readChunks } from '@/lib/protocol/png-chunks';
import { seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { MAX_UPLOAD_SIDE, UPLOAD_KEPT_HOURS } from './limits';
import { findUpload, readUploaded } from './queries';
import { sweepUploads } from './sweep-uploads';
import { takeUpload } from './take-upload';
import { animatedPng, animatedWebp, bomb, deep, photo, plain, pngWithPage } from './testing/files';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const folder = mkdtempSync(join(tmpdir(), 'uploads-'));
const newPerson = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
const kept = (actor: Actor) =>
  readdirSync(join(folder, 'uploads', actor.userId), { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}$/.test(name));
const rowsOf = ({ userId }: Actor) => db.prisma.upload.findMany({ where: { ownerId: userId } });
const inHours = (hours: number) => Date.now() + hours * 3_600_000;

beforeAll(async () => {
  vi.stubEnv('STORAGE_DIR', folder);
  const listed = join(folder, 'listed');
  const { width, height, rgba } = await decodeRaster(await photo({ waves: 3 }));
  writeFileSync(listed, (await differenceHash({ width, height, rgba })).toString(16).padStart(16, '0'));
  vi.stubEnv('MODERATION_IMAGE_HASHES', listed);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await db.close();
});

test('of a photo nothing is kept but its pixels, turned as the camera said: no place, no camera, no name', async () => {
  const actor = await newPerson();
  const file = await photo();
  expect(file.toString('latin1')).toContain('Canary camera');
  const sent = await takeUpload(db, actor, file);
  expect(sent).toMatchObject({ width: 40, height: 60 });
  const png = await readUploaded(await findUpload(db, actor.userId, sent.content));
  // pHYs is the same of every picture: what was decoded has no size on paper.
  expect([...new Set(readChunks(png).map(({ type }) => type))]).toEqual(['IHDR', 'pHYs', 'IDAT', 'IEND']);
  expect(png.toString('latin1').toLowerCase()).not.toMatch(/canary|exif|gps/);
  expect(rasterContent(await decodeRaster(png))).toBe(sent.content);
});

describe('files that are not what they seem', () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>');
  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['an SVG, whatever it is named', () => svg],
    ['nothing', () => new Uint8Array()],
    ['text behind the first bytes of a PNG', async () => Buffer.concat([(await plain(1)).subarray(0, 8), Buffer.from('<html>hello</html>')])],
    ['a PNG with an archive behind its end', async () => Buffer.concat([await plain(2), Buffer.from('PK\x03\x04 canary')])],
    ['half a PNG', async () => (await plain(3, { width: 300, height: 300 })).subarray(0, 200)],
    ['half a JPEG', async () => (await photo({ width: 400, height: 400 })).subarray(0, 3000)],
    ['900 megapixels in a few hundred bytes', bomb],
    ['a GIF', () => Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
    ['an animated PNG', animatedPng],
    ['an animated WebP', animatedWebp],
  ])('%s is refused, and leaves nothing behind', async (_name, make) => {
    const actor = await newPerson();
    await expect(takeUpload(db, actor, await make())).rejects.toMatchObject({ code: 'upload_unread' });
    expect(await rowsOf(actor)).toEqual([]);
    expect(() => kept(actor)).toThrow('ENOENT');
  });

  test('a page in a PNG’s text, and what is behind the end of a JPEG, are gone from what is kept', async () => {
    const actor = await newPerson();
    const behind = Buffer.concat([await photo(), Buffer.from('<script>canary</script>')]);
    for (const file of [await pngWithPage(), behind]) {
      const { content } = await takeUpload(db, actor, file);
      expect((await readUploaded(await findUpload(db, actor.userId, content))).toString('latin1')).not.toContain('canary');
    }
  });

  test('16 bits a channel become 8', async () => {
    const actor = await newPerson();
    const { content } = await takeUpload(db, actor, deep());
    const { rgba } = await decodeRaster(await readUploaded(await findUpload(db, actor.userId, content)));
    expect([...rgba]).toEqual([255, 128, 0, 255, 18, 0, 0, 255, 0, 0, 255, 255]);
  });

  test('a large picture is made to fit what models take', async () => {
    const actor = await newPerson();
    const large = await sharp({ create: { width: 4000, height: 1000, channels: 3, background: '#357' } })
      .jpeg()
      .toBuffer();
    expect(await takeUpload(db, actor, large)).toMatchObject({ width: MAX_UPLOAD_SIDE, height: MAX_UPLOAD_SIDE / 4 });
  });
});

test('a picture of the safety filter’s list is refused before anything of it is kept', async () => {
  const actor = await newPerson();
  await expect(takeUpload(db, actor, await photo({ waves: 3 }))).rejects.toMatchObject({ code: 'upload_blocked' });
  expect(await rowsOf(actor)).toEqual([]);
});

test('the same picture again is the same upload, however its file is made and however often it comes at once', async () => {
  const actor = await newPerson();
  const png = await plain(9);
  const again = await sharp(png)
    .png({ compressionLevel: 0 })
    .withMetadata({ exif: { IFD0: { Copyright: 'other' } } })
    .toBuffer();
  const sent = await Promise.all([png, again, png].map((file) => takeUpload(db, actor, file)));
  expect(new Set(sent.map(({ content }) => content)).size).toBe(1);
  expect([(await rowsOf(actor)).length, kept(actor).length]).toEqual([1, 1]);
});

test('an upload is its owner’s: somebody else who knows its content finds nothing, and sends their own', async () => {
  const [owner, other] = [await newPerson(), await newPerson()];
  const { content } = await takeUpload(db, owner, await plain(11));
  await expect(findUpload(db, other.userId, content)).rejects.toMatchObject({ code: 'upload_gone' });
  await takeUpload(db, other, await plain(11));
  await db.pool.query(`UPDATE upload SET sent_at = now() - interval '2 days' WHERE owner_id = $1`, [owner.userId]);
  await sweepUploads(db);
  expect([kept(owner).length, kept(other).length]).toEqual([0, 1]);
  expect(await findUpload(db, other.userId, content)).toMatchObject({ ownerId: other.userId });
});

test('nobody keeps more than forty pictures that no work is made of', async () => {
  const actor = await newPerson();
  await db.pool.query(
    `INSERT INTO upload (id, owner_id, content, width, height, blob)
     SELECT gen_random_uuid(), $1, '0x' || encode(sha256(i::text::bytea), 'hex'), 1, 1, repeat('a', 64) FROM generate_series(1, 40) i`,
    [actor.userId],
  );
  await expect(takeUpload(db, actor, await plain(12))).rejects.toMatchObject({ code: 'too_many_uploads' });
});

describe('a day after it was last sent', () => {
  test('a picture that no run needs is gone, row and bytes; sent again it is there again', async () => {
    const actor = await newPerson();
    const { content } = await takeUpload(db, actor, await plain(21));
    await sweepUploads(db, inHours(UPLOAD_KEPT_HOURS - 1));
    expect(kept(actor)).toHaveLength(1);
    await sweepUploads(db, inHours(UPLOAD_KEPT_HOURS + 1));
    expect([await rowsOf(actor), kept(actor)]).toEqual([[], []]);
    expect((await takeUpload(db, actor, await plain(21))).content).toBe(content);
    const [name = ''] = kept(actor);
    const bytes = readFileSync(join(folder, 'uploads', actor.userId, name));
    expect(name.endsWith(createHash('sha256').update(bytes).digest('hex'))).toBe(true);
    expect(statSync(join(folder, 'uploads', actor.userId, name)).size).toBeGreaterThan(0);
  });

  test.each([
    ['held', true],
    ['running', true],
    ['captured', true],
    ['failed', false],
    ['cancelled', false],
    ['expired', false],
  ])('one that a run which is %s started from is kept: %s', async (state, isKept) => {
    const actor = await newPerson();
    const { content } = await takeUpload(db, actor, await plain(22));
    const { id } = await findUpload(db, actor.userId, content);
    const { digest } = await seedTestModel(db, actor, { slug: `m-${newId()}`, manifest: { name: state } });
    const { id: deployment } = await db.prisma.deployment.findFirstOrThrow({ where: { versionDigest: digest } });
    await db.pool.query(
      `INSERT INTO generation (id, quote_id, ordinal, user_id, version_digest, deployment_id, state, prompt, prompt_salt, prompt_hash, seed, params_text,
         params_hash, parent, price_millicredits, fee_millicredits, creator_id, mint_price_wei, deadline_at, upload_id)
       VALUES (gen_random_uuid(), gen_random_uuid(), 0, $1, $2, $3, $4, '', '', '', '0', '{}', '', '', 0, 0, $1, 0, now(), $5)`,
      [actor.userId, digest, deployment, state, id],
    );
    await sweepUploads(db, inHours(UPLOAD_KEPT_HOURS + 1));
    expect([(await rowsOf(actor)).length, kept(actor).length]).toEqual(isKept ? [1, 1] : [0, 0]);
  });
});
