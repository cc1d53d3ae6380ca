import { createHash } from 'node:crypto';
import { CarReader } from '@ipld/car';
import * as dagPb from '@ipld/dag-pb';
import type { CID } from 'multiformats/cid';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from '@/lib/mint/chain-handlers';
import { issueVoucher } from '@/lib/mint/issue-voucher';
import { findPublicFile } from '@/lib/mint/public-file';
import { collector, makeWork, publishOnTestChain, sendMint, type TestModel } from '@/lib/mint/testing/mint-fixture';
import { cidText, RAW } from '@/lib/protocol/cid';
import { putBackWork } from '@/lib/works/takedowns/put-back-work';
import { takeDownWork } from '@/lib/works/takedowns/take-down-work';
import { type KuboStandIn, startKubo } from '@/scripts/standins/kubo/server';
import { carStream } from './car';
import { exportCollection } from './export-collection';
import { followTakedown } from './follow-takedown';
import { listPins } from './list-pins';
import { getPins } from './queries';
import { tryPins } from './try-pins';

const OPERATOR: Hex = `0x${'0a'.repeat(20)}`;
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);

const db = openDatabase(process.env.DATABASE_URL ?? '');
const { run } = createIndexer({ handlers: chainHandlers });
let model: TestModel;
let anna: Actor;
let kubo: KuboStandIn;

async function mint(label: string): Promise<{ workId: string; tokenId: Hex }> {
  const workId = await makeWork(db, anna, model.version);
  const call = await issueVoucher(db, anna, { workId, label });
  expect(await sendMint(call, 1)).toMatchObject({ status: 'success' });
  await run(db);
  return { workId, tokenId: call.tokenId };
}
const raw = (digest: string) => cidText({ codec: RAW, digest: digest as Hex });
const exported = async () => {
  const { root, blocks } = await exportCollection(db, model.creator, { slug: 'proof' });
  return new Uint8Array(await new Response(carStream(root, blocks)).arrayBuffer());
};
const everythingIsDue = () => db.pool.query(`UPDATE pin SET look_at = now() - interval '1 second' WHERE state IN ('waiting', 'unpinning')`);
/** Does what a worker does with the jobs of takedowns. */
async function runJobs(): Promise<void> {
  const { rows } = await db.pool.query<{ payload: unknown }>(
    `SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'follow-takedown'`,
  );
  for (const { payload } of rows) await followTakedown(payload, { db });
}

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db);
  anna = await collector(db, 1);
  kubo = await startKubo();
});
afterAll(async () => {
  await kubo.close();
  await db.close();
});

describe('a preview by its CID', () => {
  test('is public once its work is minted, and not before', async () => {
    const workId = await makeWork(db, anna, model.version);
    const { previewLarge } = await db.prisma.work.findUniqueOrThrow({ where: { id: workId } });
    const cid = raw(`0x${previewLarge}`);
    expect(await findPublicFile(db, cid)).toBeNull();
    await sendMint(await issueVoucher(db, anna, { workId, label: 'Shown' }), 1);
    await run(db);
    const file = await findPublicFile(db, cid);
    expect(file?.type).toBe('image/webp');
    expect(
      createHash('sha256')
        .update((await file?.read()) ?? '')
        .digest('hex'),
    ).toBe(previewLarge);
  });
});

describe('a collection as a CAR', () => {
  test('holds what every token names, each block of which hashes to its CID', async () => {
    const { workId, tokenId } = await mint('Kept');
    const car = await CarReader.fromBytes(await exported());
    const blocks = new Map<string, Uint8Array>();
    for await (const { cid, bytes } of car.blocks()) {
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(Buffer.from(cid.multihash.digest).toString('hex'));
      blocks.set(cid.toString(), bytes);
    }
    const [root] = await car.getRoots();
    const at = (path: string[], from: CID | undefined): string | undefined => {
      const [name, ...rest] = path;
      if (!from || !name) return from?.toString();
      const block = blocks.get(from.toString());
      return block && at(rest, dagPb.decode(block).Links.find((link) => link.Name === name)?.Hash);
    };
    const voucher = await db.prisma.voucher.findUniqueOrThrow({ where: { workId } });
    const { previewLarge } = await db.prisma.work.findUniqueOrThrow({ where: { id: workId } });
    const folder = ['tokens', tokenId.slice(2, 4), tokenId.slice(2)];
    expect(at([...folder, 'metadata.json'], root)).toBe(voucher.metadataCid);
    expect(at([...folder, 'image.png'], root)).toBe(voucher.imageCid);
    expect(at([...folder, 'preview.webp'], root)).toBe(raw(`0x${previewLarge}`));
    expect(at(['manifests', `${model.version.slice(2)}.json`], root)).toBe(raw(model.version));
    expect(Buffer.from(blocks.get(voucher.metadataCid) ?? '').toString()).toBe(voucher.metadata);
    expect([voucher.imageCid, raw(`0x${previewLarge}`), raw(model.version)].filter((cid) => !blocks.has(cid))).toEqual([]);
  });

  test('is the same file each time', async () => {
    expect(Buffer.from(await exported()).equals(await exported())).toBe(true);
  });

  test('is nobody else’s to download', async () => {
    await expect(exportCollection(db, anna, { slug: 'proof' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(exportCollection(db, model.creator, { slug: 'another' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('breaks off rather than carry bytes that a token does not name', async () => {
    const { workId } = await mint('Forged');
    const { sealedBlob } = await db.prisma.voucher.findUniqueOrThrow({ where: { workId } });
    const { sealedBlob: other } = await db.prisma.voucher.findFirstOrThrow({ where: { workId: { not: workId } } });
    await db.prisma.voucher.update({ where: { workId }, data: { sealedBlob: other } });
    await expect(exported()).rejects.toThrow('what is stored is not');
    await db.prisma.voucher.update({ where: { workId }, data: { sealedBlob } });
  });
});

test('picture and preview of a work that was taken down come by no CID and in no CAR; what the chain names stays', async () => {
  const { workId, tokenId } = await mint('Taken down');
  const voucher = await db.prisma.voucher.findUniqueOrThrow({ where: { workId }, include: { work: true } });
  const files = [voucher.imageCid, raw(`0x${voucher.work.previewLarge}`)];
  const cidsNow = async () => {
    const cids = [];
    for await (const { cid } of (await CarReader.fromBytes(await exported())).blocks()) cids.push(cid.toString());
    return cids;
  };
  expect(await cidsNow()).toEqual(expect.arrayContaining([...files, raw(tokenId)]));
  await db.pool.query(`INSERT INTO takedown (id, work_id, reason, taken_down_by) VALUES ($1, $1, 'a claim', $2)`, [workId, anna.userId]);
  const after = await cidsNow();
  expect(after).toContain(raw(tokenId));
  for (const cid of files) {
    expect(after).not.toContain(cid);
    expect(await findPublicFile(db, cid)).toBeNull();
  }
  await db.pool.query('UPDATE takedown SET lifted_at = now(), lifted_by = $2 WHERE work_id = $1', [workId, anna.userId]);
  expect(await cidsNow()).toEqual(expect.arrayContaining(files));
});

test('a CAR on its way when a work is taken down breaks off before that work’s picture', async () => {
  const { workId } = await mint('Taken down on the way');
  const { blocks } = await exportCollection(db, model.creator, { slug: 'proof' });
  await db.pool.query(`INSERT INTO takedown (id, work_id, reason, taken_down_by) VALUES ($1, $1, 'a claim', $2)`, [workId, anna.userId]);
  const all = async () => {
    for await (const _ of blocks);
  };
  await expect(all()).rejects.toMatchObject({ code: 'taken_down' });
  await db.pool.query('UPDATE takedown SET lifted_at = now(), lifted_by = $2 WHERE work_id = $1', [workId, anna.userId]);
});

describe('a minted work at an IPFS node', () => {
  const pinsOf = async (tokenId: Hex) => {
    const voucher = await db.prisma.voucher.findFirstOrThrow({ where: { tokenId }, include: { work: true } });
    return [voucher.metadataCid, voucher.imageCid, raw(`0x${voucher.work.previewLarge}`), raw(model.version)];
  };

  test('is listed once its mint cannot be taken back, and then kept whole', async () => {
    const { tokenId } = await mint('Pinned');
    await listPins(db);
    const needs = await pinsOf(tokenId);
    expect(await db.prisma.pin.count({ where: { cid: needs[0] ?? '' } })).toBe(0);
    for (let block = 0; block < env.CONFIRMATIONS; block++) await testChain.mine();
    await run(db);
    await listPins(db);
    expect(await listPins(db)).toBe(0);
    await tryPins(db, kubo);
    expect(kubo.pins()).toEqual(expect.arrayContaining(needs));
    expect(await db.prisma.pin.groupBy({ by: ['state'], _count: true })).toMatchObject([{ state: 'pinned', _count: kubo.pins().length }]);
    expect(await tryPins(db, kubo)).toBe(0);
  });

  test('lets go of picture and preview while it is taken down, by the job of the takedown, and keeps them again afterwards', async () => {
    const operator = { ...anna, address: OPERATOR };
    const { workId, tokenId } = await mint('Up and down');
    for (let block = 0; block < env.CONFIRMATIONS; block++) await testChain.mine();
    await run(db);
    await listPins(db);
    await tryPins(db, kubo);
    const [metadata, image, preview, manifest] = await pinsOf(tokenId);
    const kept = () => [metadata, image, preview, manifest].filter((cid) => kubo.pins().includes(cid ?? ''));
    expect(kept()).toEqual([metadata, image, preview, manifest]);
    await takeDownWork(db, operator, { work: workId, reason: 'a copied picture' });
    await runJobs();
    await everythingIsDue();
    kubo.fail('refuse', 1);
    expect([await tryPins(db, kubo), (await getPins(db, operator)).open]).toMatchObject([1, [{ state: 'unpinning', attempts: 1 }]]);
    await everythingIsDue();

    expect([await tryPins(db, kubo), kept(), (await getPins(db, operator)).unpinned]).toEqual([1, [metadata, manifest], 2]);
    await putBackWork(db, operator, { workId });
    await runJobs();
    await everythingIsDue();
    expect([await tryPins(db, kubo), kept()]).toEqual([2, [metadata, image, preview, manifest]]);
  });

  test('does not stay kept where it is taken down while the node is being told to keep it', async () => {
    const { workId, tokenId } = await mint('Meanwhile');
    for (let block = 0; block < env.CONFIRMATIONS; block++) await testChain.mine();
    await run(db);
    await listPins(db);
    const [, image = ''] = await pinsOf(tokenId);
    const onlyImageIsDue = () =>
      db.pool.query(`UPDATE pin SET look_at = now() + CASE cid WHEN $1 THEN -1 ELSE 3600 END * interval '1 second'`, [image]);
    await onlyImageIsDue();
    // The node answers late: by then the takedown has been seen through by another worker.
    const late = await startKubo({
      before: async () => {
        await takeDownWork(db, { ...anna, address: OPERATOR }, { work: workId, reason: 'a copied picture' });
        await runJobs();
        await onlyImageIsDue();
        expect(await tryPins(db, late)).toBe(1);
      },
    });
    expect(await tryPins(db, late)).toBe(0);
    const isNow = async () => [late.pins(), (await db.prisma.pin.findUnique({ where: { cid: image } }))?.state];
    expect(await isNow()).toEqual([[image], 'unpinning']);
    await onlyImageIsDue();
    await tryPins(db, late);
    expect(await isNow()).toEqual([[], 'unpinned']);
    await late.close();
    await everythingIsDue();
    await tryPins(db, kubo);
  });

  test('does not stay kept where the worker that told the node to keep it is killed over that, and it was taken down meanwhile', async () => {
    const { workId, tokenId } = await mint('Killed');
    for (let block = 0; block < env.CONFIRMATIONS; block++) await testChain.mine();
    await run(db);
    await listPins(db);
    const [, image = ''] = await pinsOf(tokenId);
    const onlyImageIsDue = () =>
      db.pool.query(`UPDATE pin SET look_at = now() + CASE cid WHEN $1 THEN -1 ELSE 3600 END * interval '1 second'`, [image]);
    await onlyImageIsDue();
    let isKilled = false;
    const query = (...given: Parameters<typeof db.pool.query>) => (isKilled ? Promise.reject(new Error('killed')) : db.pool.query(...given));
    const late = await startKubo({
      before: async () => {
        await takeDownWork(db, { ...anna, address: OPERATOR }, { work: workId, reason: 'a copied picture' });
        await runJobs();
        await onlyImageIsDue();
        expect(await tryPins(db, late)).toBe(1);
        isKilled = true;
      },
    });
    await expect(tryPins({ ...db, pool: { ...db.pool, query } } as unknown as typeof db, late)).rejects.toThrow('killed');
    const isNow = async () => [late.pins(), (await db.prisma.pin.findUnique({ where: { cid: image } }))?.state];
    expect(await isNow()).toEqual([[image], 'unpinning']);
    await db.pool.query(`UPDATE pin SET trying_until = now() - interval '1 second' WHERE cid = $1`, [image]);
    await onlyImageIsDue();
    expect(await tryPins(db, late)).toBe(1);
    expect(await isNow()).toEqual([[], 'unpinned']);
    await late.close();
    await everythingIsDue();
    await tryPins(db, kubo);
  });

  test('is tried again later where the node refuses, and the operator sees why', async () => {
    const cid = raw(model.version);
    await db.prisma.pin.update({ where: { cid }, data: { state: 'waiting', pinnedAt: null, attempts: 0, lookAt: new Date() } });
    kubo.fail('refuse', 1);
    expect(await tryPins(db, kubo)).toBe(0);
    const operator = { ...anna, address: OPERATOR };
    expect((await getPins(db, operator)).open).toMatchObject([
      { cid, kind: 'manifest', state: 'waiting', attempts: 1, error: expect.stringContaining('not enough space') },
    ]);
    await expect(getPins(db, anna)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await tryPins(db, kubo)).toBe(0);
    await everythingIsDue();
    expect(await tryPins(db, kubo)).toBe(1);
    expect(await db.prisma.pin.findUnique({ where: { cid } })).toMatchObject({ state: 'pinned', error: null, attempts: 2 });
  });

  test('is an alert after an hour of refusals, and one at once where the node makes another CID', async () => {
    const cid = raw(model.version);
    await db.prisma.pin.update({ where: { cid }, data: { state: 'waiting', pinnedAt: null, attempts: 8, lookAt: new Date() } });
    kubo.fail('late', 1);
    await tryPins(db, kubo);
    expect(await db.prisma.operatorAlert.count({ where: { kind: 'pin_failed' } })).toBe(1);
    const odd = await startKubo({ chunkBytes: 16 });
    await everythingIsDue();
    await tryPins(db, odd);
    await odd.close();
    expect(await db.prisma.pin.findUnique({ where: { cid } })).toMatchObject({ state: 'mismatched' });
    expect(await db.prisma.operatorAlert.count({ where: { kind: 'pin_mismatch' } })).toBe(1);
  });

  test('is no alert where its mint was taken back meanwhile', async () => {
    const { tokenId } = await mint('Taken back');
    const [cid = ''] = await pinsOf(tokenId);
    await db.prisma.pin.create({ data: { cid, kind: 'metadata', attempts: 8 } });
    await db.prisma.token.deleteMany({ where: { tokenId } });
    const alerts = await db.prisma.operatorAlert.count();
    await tryPins(db, kubo);
    expect(await db.prisma.pin.findUnique({ where: { cid } })).toMatchObject({
      state: 'waiting',
      attempts: 9,
      error: expect.stringContaining('not public'),
    });
    expect(await db.prisma.operatorAlert.count()).toBe(alerts);
  });
});
