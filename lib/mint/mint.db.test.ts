import { createHash } from 'node:crypto';
import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { cidText, rawCid } from '@/lib/protocol/cid';
import { readRecord } from '@/lib/protocol/png-record';
import { chainHandlers } from './chain-handlers';
import { issueVoucher } from './issue-voucher';
import { findPublicFile } from './public-file';
import { getMintStatus } from './queries';
import { collector, MINT_PRICE_WEI, makeWork, publishOnTestChain, sendMint, type TestModel } from './testing/mint-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
let model: TestModel;
let anna: Actor;
let ben: Actor;

const { run } = createIndexer({ handlers: chainHandlers });
const index = () => run(db);
const label = 'Proof before letters';
const tokenOf = (tokenId: Hex) => db.prisma.token.findFirst({ where: { tokenId }, include: { transfers: true } });

async function mint(workId: string, wallet: number, actor: Actor) {
  const call = await issueVoucher(db, actor, { workId, label });
  expect(await sendMint(call, wallet)).toMatchObject({ status: 'success' });
  return call;
}

function transfer(call: { collection: Hex; tokenId: Hex }, from: Actor, to: Actor, wallet: number): Promise<Hex> {
  const args = [from.address, to.address, BigInt(call.tokenId)] as const;
  return testChain.send(call.collection, encodeFunctionData({ abi: workCollectionAbi, functionName: 'transferFrom', args }), 0n, wallet);
}

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db);
  anna = await collector(db, 1);
  ben = await collector(db, 2);
});
afterAll(() => db.close());

describe('a voucher', () => {
  test('is the same each time but for its deadline, and keeps the first title', async () => {
    const workId = await makeWork(db, anna, model.version);
    expect(await getMintStatus(db, anna, workId)).toMatchObject({ state: 'ready', label: null, priceWei: MINT_PRICE_WEI.toString() });
    const first = await issueVoucher(db, anna, { workId, label });
    const later = await issueVoucher(db, anna, { workId, label: 'Another title' });
    expect(later).toMatchObject({ tokenId: first.tokenId, label, to: anna.address, valueWei: MINT_PRICE_WEI.toString() });
    expect(await getMintStatus(db, anna, workId)).toMatchObject({ state: 'claimed', label });
  });

  test('is one when two calls with two titles come at the same moment', async () => {
    const workId = await makeWork(db, anna, model.version);
    const calls = await Promise.all(['One', 'Two', 'Three'].map((title) => issueVoucher(db, anna, { workId, label: title })));
    expect(new Set(calls.map((call) => `${call.tokenId} ${call.label}`)).size).toBe(1);
    expect(await db.prisma.voucher.count({ where: { workId } })).toBe(1);
  });

  test('is refused to others, for an unsealed, a refunded, or an unpublished work', async () => {
    const workId = await makeWork(db, anna, model.version);
    await expect(issueVoucher(db, ben, { workId, label })).rejects.toMatchObject({ code: 'not_found' });
    const unsealed = await makeWork(db, anna, model.version, 77n, false);
    await expect(issueVoucher(db, anna, { workId: unsealed, label })).rejects.toMatchObject({ code: 'not_sealed' });
    expect(await getMintStatus(db, anna, unsealed)).toMatchObject({ state: 'unsealed' });
    expect(await getMintStatus(db, ben, unsealed)).toBeNull();
    await db.prisma.work.update({ where: { id: workId }, data: { refundedAt: new Date() } });
    await expect(issueVoucher(db, anna, { workId, label })).rejects.toMatchObject({ code: 'not_mintable' });
  });

  test('is refused when what is stored is not what was signed', async () => {
    const other = `0x${'ab'.repeat(32)}`;
    for (const data of [{ content: other }, { receiptDigest: other }, { signature: `0x${'ab'.repeat(65)}` }]) {
      const workId = await makeWork(db, anna, model.version);
      await db.prisma.work.update({ where: { id: workId }, data });
      await expect(issueVoucher(db, anna, { workId, label })).rejects.toMatchObject({ code: 'not_mintable' });
    }
  });

  test('goes to the first of two identical results, and only to it', async () => {
    const [annas, bens] = [await makeWork(db, anna, model.version, 5n), await makeWork(db, ben, model.version, 5n)];
    await issueVoucher(db, anna, { workId: annas, label });
    await expect(issueVoucher(db, ben, { workId: bens, label })).rejects.toMatchObject({ code: 'duplicate_content' });
    expect(await getMintStatus(db, ben, bens)).toMatchObject({ state: 'duplicate', label: null });
  });
});

describe('a mint on the real collection', () => {
  test('is minted when the chain says so: token, file and metadata are public from then on', async () => {
    const workId = await makeWork(db, anna, model.version);
    const call = await issueVoucher(db, anna, { workId, label });
    const voucher = await db.prisma.voucher.findUniqueOrThrow({ where: { workId } });
    for (const cid of [voucher.metadataCid, voucher.imageCid]) expect(await findPublicFile(db, cid)).toBeNull();
    const { hash } = await sendMint(call, 1);
    expect(await getMintStatus(db, anna, workId)).toMatchObject({ state: 'claimed' });
    await index();
    expect(await getMintStatus(db, null, workId)).toMatchObject({ state: 'minted', label, tokenId: call.tokenId, txHash: hash, finality: 'seen' });
    await testChain.mine(3);
    await index();
    expect(await getMintStatus(db, null, workId)).toMatchObject({ confirmations: 3, finality: 'final' });
    await expect(issueVoucher(db, anna, { workId, label })).rejects.toMatchObject({ code: 'already_minted' });

    const uri = await testChain.client.readContract({
      address: call.collection,
      abi: workCollectionAbi,
      functionName: 'tokenURI',
      args: [BigInt(call.tokenId)],
    });
    const metadata = (await (await findPublicFile(db, uri.replace('ipfs://', '')))?.read()) ?? '';
    expect(`0x${createHash('sha256').update(metadata).digest('hex')}`).toBe(call.tokenId);
    const { name, image, attributes } = JSON.parse(Buffer.from(metadata).toString());
    expect([name, attributes[0]]).toEqual([label, { trait_type: 'Model', value: 'proof' }]);
    const file = await findPublicFile(db, image.replace('ipfs://', ''));
    const bytes = (await file?.read()) ?? new Uint8Array();
    expect(cidText(rawCid(bytes))).toBe(image.replace('ipfs://', ''));
    expect(readRecord(bytes)).toMatchObject({ label, signature: expect.any(String) });
  });

  test('reaches nothing but minted files and published manifests by CID', async () => {
    const workId = await makeWork(db, anna, model.version);
    const { outputBlob, sealedBlob } = await db.prisma.work.findUniqueOrThrow({ where: { id: workId } });
    for (const blob of [outputBlob, sealedBlob ?? '']) expect(await findPublicFile(db, cidText({ codec: 0x55, digest: `0x${blob}` }))).toBeNull();
    const manifest = await findPublicFile(db, cidText({ codec: 0x55, digest: model.version }));
    expect(manifest).toMatchObject({ type: 'application/json' });
    for (const odd of ['', '../etc/passwd', 'bafy', cidText({ codec: 0x55, digest: model.version }).toUpperCase()])
      expect(await findPublicFile(db, odd)).toBeNull();
  });

  test('follows the token to its next owners, and back', async () => {
    const call = await mint(await makeWork(db, anna, model.version), 1, anna);
    await transfer(call, anna, ben, 1);
    await testChain.mine();
    await index();
    expect(await tokenOf(call.tokenId)).toMatchObject({ owner: ben.address, minter: anna.address });
    await transfer(call, ben, anna, 2);
    await testChain.mine();
    await transfer(call, anna, ben, 1);
    await testChain.mine();
    await index();
    expect(await tokenOf(call.tokenId)).toMatchObject({ owner: ben.address, transfers: { length: 4 } });
  });

  test('gives a token back to whom it belonged before a fork, and forgets a mint that is gone', async () => {
    const workId = await makeWork(db, anna, model.version);
    const call = await issueVoucher(db, anna, { workId, label });
    const before = await testChain.test.snapshot();
    await sendMint(call, 1);
    const minted = await testChain.test.snapshot();
    await transfer(call, anna, ben, 1);
    await testChain.mine(2);
    await index();
    expect(await tokenOf(call.tokenId)).toMatchObject({ owner: ben.address });
    await testChain.test.revert({ id: minted });
    await index();
    expect(await tokenOf(call.tokenId)).toMatchObject({ owner: anna.address, transfers: { length: 1 } });
    await testChain.test.revert({ id: before });
    await index();
    expect(await tokenOf(call.tokenId)).toBeNull();
    expect(await getMintStatus(db, anna, workId)).toMatchObject({ state: 'claimed' });
    expect(await sendMint(await issueVoucher(db, anna, { workId, label: 'Else' }), 1)).toMatchObject({ status: 'success' });
    await index();
    expect(await tokenOf(call.tokenId)).toMatchObject({ owner: anna.address });
  });

  test('of a collection that the factory did not make is not believed', async () => {
    const impostor = await publishOnTestChain(db, 'impostor');
    const fake = '0x00000000000000000000000000000000000000fa';
    await testChain.test.setCode({ address: fake, bytecode: (await testChain.client.getCode({ address: impostor.collection })) ?? '0x' });
    await db.prisma.modelVersion.update({ where: { digest: impostor.version }, data: { collection: fake } });
    const [handler] = chainHandlers;
    expect(await handler?.addresses(db, 31_337)).toContain(fake);
    const log = { address: fake, topics: [], data: '0x', txHash: '0x', ordinal: 0 } as const;
    expect(await handler?.accepts?.(testChain.client, 31_337, { ...log, topics: [] })).toBe(false);
    expect(await handler?.accepts?.(testChain.client, 31_337, { ...log, topics: [], address: model.collection })).toBe(true);
  });
});
