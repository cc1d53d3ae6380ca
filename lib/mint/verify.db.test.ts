import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { makeChunk, PNG_SIGNATURE, readChunks } from '@/lib/protocol/png-chunks';
import { readRecord, writeRecord } from '@/lib/protocol/png-record';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { askHouse } from '@/lib/provenance/ask-house';
import { checkWithHouse } from '@/lib/provenance/check-with-house';
import { type Digests, digestsInput, type VerifyReport } from '@/lib/provenance/schema';
import { houseChain, verifyFile } from '@/lib/provenance/verify-file';
import { verifyToken } from '@/lib/provenance/verify-token';
import { storage } from '@/lib/storage/storage';
import { chainHandlers } from './chain-handlers';
import { issueVoucher } from './issue-voucher';
import { collector, makeWork, publishOnTestChain, sendMint, type TestModel } from './testing/mint-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const index = () => createIndexer({ handlers: chainHandlers }).run(db);
const label = 'Second state';
let model: TestModel;
let anna: Actor;
let tokenId: string;
let file: Buffer;
let record: WorkRecord;

const links = (report: VerifyReport, result: 'ok' | 'failed' | 'not_checked') =>
  report.rows.filter((row) => row.result === result).map((row) => row.id);
const UNMINTED = ['file', 'record', 'content', 'params', 'receipt', 'signature', 'version', 'factory', 'creator', 'parent', 'credentials'];
const flip = (hex: `0x${string}`) => `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}` as `0x${string}`;
const check = (bytes: Uint8Array) => verifyFile(db, bytes);
const rewritten = (change: Partial<WorkRecord>) => check(writeRecord(file, { ...record, ...change }));

async function fileOf(workId: string): Promise<Buffer> {
  const { sealedBlob } = await db.prisma.work.findUniqueOrThrow({ where: { id: workId } });
  return storage().get(sealedBlob ?? '');
}

/** The PNG with a chunk of this type before its pixels. */
function withChunk(type: string, data: string): Buffer {
  const [header, ...rest] = readChunks(file);
  return Buffer.concat([
    PNG_SIGNATURE,
    ...[header, makeChunk(type, Buffer.from(data, 'latin1')), ...rest].map((chunk) => chunk?.bytes ?? new Uint8Array()),
  ]);
}

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db);
  anna = await collector(db, 1);
  const workId = await makeWork(db, anna, model.version);
  const call = await issueVoucher(db, anna, { workId, label });
  await sendMint(call, 1);
  await index();
  tokenId = call.tokenId;
  file = await storage().get((await db.prisma.voucher.findUniqueOrThrow({ where: { workId } })).sealedBlob);
  record = readRecord(file) as WorkRecord;
});
afterAll(() => db.close());

describe('an untouched file', () => {
  test('of a token holds, link by link, and shows the token and its work', async () => {
    const report = await check(file);
    expect(links(report, 'ok')).toEqual([
      ...UNMINTED.filter((id) => id !== 'parent' && id !== 'credentials'),
      ...['image', 'token', 'minted', 'owner', 'parent', 'evolution', 'credentials'],
    ]);
    expect(links(report, 'not_checked')).toEqual(['prompt', 'custody', 'grade']);
    expect(report).toMatchObject({ verdict: 'verified', work: { title: label }, tokens: [{ tokenId, owner: anna.address }] });
  });

  test('is what the token’s number leads to, in either notation', async () => {
    expect(await verifyToken(db, { tokenId })).toEqual(await check(file));
    expect(await verifyToken(db, { tokenId: `0x${'12'.repeat(32)}` })).toMatchObject({ verdict: 'unknown', rows: [] });
  });

  test('checked elsewhere, with digests alone sent here, gets the same report', async () => {
    const sent: unknown[] = [];
    const ask = async (digests: Digests) => {
      sent.push(digests);
      return JSON.parse(JSON.stringify(await askHouse(db, digestsInput.parse({ digests }).digests)));
    };
    const there = await checkWithHouse({ file, chain: houseChain() }, ask);
    const without = ({ rows, ...rest }: VerifyReport) => ({ ...rest, rows: rows.filter(({ id }) => id !== 'credentials') });
    expect(without(there)).toEqual(without(await check(file)));
    const { content, version } = record.receipt;
    expect(sent).toEqual([{ content, version, collection: record.collection, receiptDigest: expect.stringMatching(/^0x[0-9a-f]{64}$/) }]);
  });

  test('of an unminted work holds without a token, and a private work is not named', async () => {
    const workId = await makeWork(db, anna, model.version);
    const bytes = await fileOf(workId);
    const report = await check(bytes);
    expect(links(report, 'ok')).toEqual(UNMINTED);
    expect(report).toMatchObject({ verdict: 'verified', work: null, tokens: [] });
    await db.prisma.work.update({ where: { id: workId }, data: { sharedAt: new Date() } });
    expect(await check(bytes)).toMatchObject({ work: { id: workId, previewSrc: expect.stringContaining(`/media/${workId}/`) } });
  });

  test('sealed before its work had a title still holds after the mint, and leads to the token', async () => {
    const workId = await makeWork(db, anna, model.version);
    const early = await fileOf(workId);
    const call = await issueVoucher(db, anna, { workId, label });
    await sendMint(call, 1);
    await index();
    const report = await check(early);
    expect(links(report, 'failed')).toEqual([]);
    expect(report).toMatchObject({ verdict: 'verified', tokens: [{ tokenId: call.tokenId }] });
  });
});

describe('one change breaks the link it is about and the credentials over all of it, and the report names them', () => {
  test('a byte of the file', async () => {
    const damaged = Buffer.from(file);
    const at = damaged.indexOf('IDAT') + 8;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    const report = await check(damaged);
    expect(report.verdict).toBe('broken');
    expect(links(report, 'failed')).toEqual(['file', 'credentials']);
  });

  test('one channel of one pixel', async () => {
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    data[5] = (data[5] ?? 0) ^ 1;
    const png = await sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
      .png()
      .toBuffer();
    const report = await check(writeRecord(png, record));
    expect(report.verdict).toBe('broken');
    expect(links(report, 'failed')).toEqual(['content', 'image', 'token', 'minted']);
  });

  test('a field of the receipt', async () => {
    const { receipt } = record;
    const changed = {
      version: [flip(receipt.version), ['signature', 'version']],
      seed: [String(BigInt(receipt.seed) ^ 1n), ['signature']],
      paramsHash: [flip(receipt.paramsHash), ['params', 'signature']],
      promptHash: [flip(receipt.promptHash), ['signature']],
      content: [flip(receipt.content), ['content', 'signature']],
      parent: [flip(receipt.parent), ['signature']],
    } as const;
    for (const [field, [value, broken]] of Object.entries(changed)) {
      const report = await rewritten({ receipt: { ...receipt, [field]: value } });
      expect([field, report.verdict]).toEqual([field, 'broken']);
      expect([field, links(report, 'failed')]).toEqual([field, expect.arrayContaining([...broken])]);
      expect(report.summary).toContain('signed by the model version’s key');
    }
  });

  test('a parameter', async () => {
    const report = await rewritten({ params: record.params.replace('"2"', '"3"') });
    expect(links(report, 'failed')).toEqual(expect.arrayContaining(['params']));
    expect(links(report, 'ok')).toEqual(expect.arrayContaining(['content', 'signature', 'version']));
  });

  test('a bit of the signature', async () => {
    const report = await rewritten({
      signature: `${record.signature.slice(0, 10)}${record.signature[10] === '0' ? '1' : '0'}${record.signature.slice(11)}` as `0x${string}`,
    });
    expect(links(report, 'failed')).toContain('signature');
    expect(links(report, 'ok')).toEqual(expect.arrayContaining(['content', 'params', 'version']));
  });

  test('the title', async () => {
    const report = await rewritten({ label: 'Third state' });
    expect(links(report, 'failed')).toEqual(['image', 'token', 'minted', 'credentials']);
    expect(links(report, 'ok')).toContain('signature');
  });

  test('the collection, to one that the factory did not make', async () => {
    const report = await rewritten({ collection: '0x00000000000000000000000000000000000000fa' });
    expect(links(report, 'failed')).toContain('factory');
    expect(links(report, 'ok')).not.toContain('signature');
  });

  test('a part of the file beside pixels and record', async () => {
    const report = await check(withChunk('tEXt', 'Comment\0hello'));
    expect(links(report, 'failed')).toEqual(['image', 'token', 'minted', 'credentials']);
  });

  test('a part that makes viewers show other colours', async () => {
    const report = await check(withChunk('gAMA', '\0\0\0\x01'));
    expect(links(report, 'failed')).toContain('file');
  });
});

describe('a file that is not ours', () => {
  test('is unknown when it carries no record, though its pixels lead to the token', async () => {
    const bare = await sharp(file).png().toBuffer();
    expect(await check(bare)).toMatchObject({ verdict: 'unknown', tokens: [{ tokenId }] });
  });

  test('is refused when it is no PNG, or above 20 MB', async () => {
    await expect(check(await sharp(file).jpeg().toBuffer())).rejects.toMatchObject({ code: 'unsupported_file' });
    await expect(check(Buffer.concat([file, Buffer.alloc(20 * 1024 * 1024)]))).rejects.toMatchObject({ code: 'too_large' });
  });

  test('is unchecked, not broken, when it names another chain and has no credentials', async () => {
    const report = await check(writeRecord(await sharp(file).png().toBuffer(), { ...record, chainId: 1 }));
    expect(links(report, 'failed')).toEqual([]);
    expect(report.verdict).toBe('unknown');
  });

  test('with more pixels than we decode is broken, not an outage', async () => {
    const [header, ...rest] = readChunks(file);
    const size = Buffer.from(header?.data ?? []);
    size.writeUInt32BE(30_000, 0);
    size.writeUInt32BE(30_000, 4);
    const bomb = Buffer.concat([PNG_SIGNATURE, makeChunk('IHDR', size).bytes, ...rest.map((chunk) => chunk.bytes)]);
    expect(links(await check(bomb), 'failed')).toContain('file');
  });
});

test('leaves links unchecked when the chain does not answer', async () => {
  await testChain.test.setAutomine(false);
  await testChain.stop();
  const report = await check(file);
  expect(links(report, 'failed')).toEqual([]);
  expect(report.verdict).toBe('unknown');
}, 120_000);
