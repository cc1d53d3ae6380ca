import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers as passHandlers } from '@/lib/passes/chain-handlers';
import { planTiers } from '@/lib/passes/plan-tiers';
import { sendCalls, testTier } from '@/lib/passes/testing/pass-fixture';
import { tiersInput } from '@/lib/passes/tier-schema';
import { takeUpload } from '@/lib/uploads/take-upload';
import { photo } from '@/lib/uploads/testing/files';
import { putBackWork } from '@/lib/works/takedowns/put-back-work';
import { takeDownWork } from '@/lib/works/takedowns/take-down-work';
import { seedPerson } from '@/prisma/seed/people';
import { findPublicFile } from '../public-file';
import { collector, makeWork, publishOnTestChain, type TestModel } from '../testing/mint-fixture';
import { keepPassPicture } from './keep-picture';

const OPERATOR = '0x00000000000000000000000000000000000000aa';
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);

const db = openDatabase(process.env.DATABASE_URL ?? '');
const WALLET = 5;
let model: TestModel;
let [anna, ben, operator] = [] as unknown as [Actor, Actor, Actor];

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db);
  [anna, ben, operator] = [await collector(db, WALLET), await collector(db, 6), await seedPerson(db, OPERATOR)];
});
afterAll(() => db.close());

async function opensTier(imageCid: string, label: string): Promise<void> {
  const { calls } = await planTiers(db, anna, tiersInput.parse({ name: 'Pictures', tiers: [testTier(label, { imageCid })] }));
  expect(await sendCalls(calls, WALLET)).toMatchObject({ status: 'success' });
  await createIndexer({ handlers: passHandlers }).run(db);
}

test('an upload’s copy is public by its CID once a tier on the chain has it, and not before; the upload itself stays its owner’s', async () => {
  const { content } = await takeUpload(db, anna, await photo());
  await expect(keepPassPicture(db, ben, { upload: content })).rejects.toMatchObject({ code: 'upload_gone' });
  const { cid } = await keepPassPicture(db, anna, { upload: content });
  expect(await keepPassPicture(db, anna, { upload: content })).toEqual({ cid });
  expect(await findPublicFile(db, cid)).toBeNull();
  await opensTier(cid, 'Of an upload');
  const file = await findPublicFile(db, cid);
  expect(file).toMatchObject({ type: 'image/webp' });
  const bytes = Buffer.from((await file?.read()) ?? []);
  expect(bytes.subarray(8, 12).toString()).toBe('WEBP');
  expect(bytes.toString('latin1').toLowerCase()).not.toMatch(/canary|exif/);
});

test('a work of one’s own lends its picture until it is taken down; somebody else’s does not', async () => {
  const work = await makeWork(db, anna, model.version);
  await expect(keepPassPicture(db, ben, { work })).rejects.toMatchObject({ code: 'not_found' });
  const { cid } = await keepPassPicture(db, anna, { work });
  await opensTier(cid, 'Of a work');
  expect(await findPublicFile(db, cid)).toMatchObject({ type: 'image/webp' });
  await takeDownWork(db, operator, { work, reason: 'a copied picture' });
  expect(await findPublicFile(db, cid)).toBeNull();
  await expect(keepPassPicture(db, anna, { work })).rejects.toMatchObject({ code: 'not_found' });
  await putBackWork(db, operator, { workId: work });
  expect(await findPublicFile(db, cid)).not.toBeNull();
});

test('nobody keeps more than forty pictures in a week that no tier has, however many they send at once', async () => {
  const sizes = [64, 65, 66, 67, 68];
  const [last = '', ...pictures] = await Promise.all(sizes.map(async (width) => (await takeUpload(db, ben, await photo({ width }))).content));
  const keep = (upload: string) => keepPassPicture(db, ben, { upload });
  await db.pool.query(`INSERT INTO pass_picture (blob, owner_id) SELECT encode(sha256(i::text::bytea), 'hex'), $1 FROM generate_series(1, 38) i`, [
    ben.userId,
  ]);
  // All have been converted, and wait to be written, before the first is.
  const owner = openDatabase(process.env.DATABASE_OWNER_URL ?? '');
  const closed = await owner.pool.connect();
  await closed.query('BEGIN; LOCK TABLE pass_picture IN SHARE ROW EXCLUSIVE MODE');
  const kept = Promise.allSettled(pictures.map(keep));
  const waiting = async () =>
    (await owner.pool.query('SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()'))
      .rows;
  await vi.waitFor(async () => expect(await waiting()).toHaveLength(pictures.length), 5_000);
  await closed.query('COMMIT');
  closed.release();
  const ended = await kept;
  await owner.close();
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  await expect(keep(last)).rejects.toMatchObject({ code: 'too_many_uploads' });
  await db.pool.query(`UPDATE pass_picture SET at = at - interval '8 days' WHERE owner_id = $1`, [ben.userId]);
  await keep(last);
});
