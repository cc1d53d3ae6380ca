import { randomBytes, randomUUID } from 'node:crypto';
import { NextRequest } from 'next/server';
import sharp from 'sharp';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { indexWorks } from '@/lib/likeness/index-works';
import { writeLikeness } from '@/lib/likeness/likeness-text';
import { readLikeness } from '@/lib/likeness/read-likeness';
import { alikeSchema, answerSchema } from '@/lib/likeness/schema';
import { makeOf, makePicture, pictureManifest, pictureOf, pngOf } from '@/lib/likeness/testing/picture-works';
import { chainHandlers } from '@/lib/mint/chain-handlers';
import { issueVoucher } from '@/lib/mint/issue-voucher';
import { findPublicFile } from '@/lib/mint/public-file';
import { collector, publishOnTestChain, sendMint, type TestModel } from '@/lib/mint/testing/mint-fixture';
import { cidText, RAW } from '@/lib/protocol/cid';
import { metadataCid, tokenIdOf } from '@/lib/protocol/metadata';
import { readRecord } from '@/lib/protocol/png-record';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { storage } from '@/lib/storage/storage';
import { readReceipt } from '@/lib/works/read-receipt';
import { shareWork } from '@/lib/works/share-work';
import { GET, OPTIONS, POST } from './route';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const label = 'Second state';
const [mintedPixels, privatePixels, sharedPixels, claimedPixels] = [1, 2, 3, 4].map(pictureOf) as [Pixels, Pixels, Pixels, Pixels];
type Pixels = ReturnType<typeof pictureOf>;
type Voucher = { tokenId: string; metadataCid: string; imageCid: string };
let model: TestModel;
let anna: Actor;
let [minted, hidden, shared, claimed]: string[] = [];
let voucher: Voucher;

/** Each caller is another: what is limited is tested by one that is not. */
const headers = (client = randomBytes(8).toString('hex')) => ({ 'x-forwarded-for': client });
const address = 'http://localhost:3000/api/v1/verify';
async function read(response: Response) {
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('set-cookie')).toBeNull();
  return { status: response.status, body: await response.json() };
}
const send = async (body: BodyInit, client?: string) =>
  read(await POST(new NextRequest(address, { method: 'POST', body, headers: headers(client) })));
const ask = async (query: Record<string, string | undefined>, client?: string) =>
  read(
    await GET(
      new NextRequest(`${address}?${new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])))}`, {
        headers: headers(client),
      }),
    ),
  );
async function answerOf(asked: Promise<{ status: number; body: unknown }>) {
  const { status, body } = await asked;
  expect([status, body]).toEqual([200, expect.anything()]);
  return answerSchema.strict().parse(body);
}
function form(file: Uint8Array): FormData {
  const data = new FormData();
  data.set('file', new File([Uint8Array.from(file)], 'whatever.png'));
  return data;
}
const workOf = (id: string | undefined) => db.prisma.work.findUniqueOrThrow({ where: { id } });
const sealed = async (id: string | undefined) => storage().get((await workOf(id)).sealedBlob ?? '');

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db, 'pictures', { manifest: pictureManifest });
  anna = await collector(db, 1);
  const make = (pixels: Pixels) => makePicture(db, anna, model.version, pixels);
  [minted, hidden, shared, claimed] = [await make(mintedPixels), await make(privatePixels), await make(sharedPixels), await make(claimedPixels)];
  await shareWork(db, anna, { id: shared, shared: true });
  await sendMint(await issueVoucher(db, anna, { workId: minted, label }), 1);
  await issueVoucher(db, anna, { workId: claimed, label: 'Third state' });
  await createIndexer({ handlers: chainHandlers }).run(db);
  await indexWorks(db);
  voucher = await db.prisma.voucher.findUniqueOrThrow({ where: { workId: minted } });
});
afterAll(() => db.close());

describe('a minted work is found', () => {
  test('by its token, with and without its collection, in either notation', async () => {
    const { tokenId } = voucher;
    for (const query of [{ token: tokenId }, { token: BigInt(tokenId).toString(), collection: model.collection.toUpperCase().replace('0X', '0x') }])
      expect(await answerOf(ask(query))).toMatchObject({ api: 1, asked: 'token', verdict: 'verified', work: { id: minted }, tokens: [{ tokenId }] });
  });

  test('by the CID of its image, and of its metadata', async () => {
    for (const cid of [voucher.imageCid, voucher.metadataCid])
      expect(await answerOf(ask({ cid }))).toMatchObject({ asked: 'cid', verdict: 'verified', work: { id: minted, title: label } });
  });

  test('by the digest of its receipt and of its content, and by either without saying which', async () => {
    const { receiptDigest: receipt, content } = await workOf(minted);
    for (const query of [{ receipt }, { content }, { digest: receipt }, { digest: content.slice(2) }, { digest: voucher.tokenId }])
      expect(await answerOf(ask(query))).toMatchObject({ verdict: 'verified', work: { id: minted }, resembles: [] });
  });

  test('by its file', async () => {
    expect(await answerOf(send(form(await sealed(minted))))).toMatchObject({ asked: 'file', work: { id: minted }, resembles: [] });
  });
});

test('the addresses of preview and full image are named, which the token’s own metadata cannot do for the preview', async () => {
  const cid = voucher.imageCid;
  const { previewLarge } = await workOf(minted);
  const preview = (id: string | undefined, digest: string | null) => ({
    cid: cidText({ codec: RAW, digest: `0x${digest}` }),
    src: `/media/${id}/${digest}.webp`,
  });
  const { work } = await answerOf(ask({ token: voucher.tokenId }));
  expect(work).toMatchObject({ image: { cid, src: `/ipfs/${cid}` }, preview: preview(minted, previewLarge) });
  for (const address of [work?.image, work?.preview]) expect(await findPublicFile(db, address?.cid ?? '')).not.toBeNull();
  // What is shown and not minted: its file is its owner’s.
  const { content, previewLarge: large } = await workOf(shared);
  expect((await answerOf(ask({ content }))).work).toMatchObject({ image: null, preview: preview(shared, large) });
});

describe('a receipt as JSON', () => {
  const recordOf = async (id: string | undefined) => readRecord(await sealed(id)) as WorkRecord;
  const fileOf = async (id: string | undefined) => (await readReceipt(db, anna, id ?? '')).file;
  const typed = ({ chainId, collection, receipt, signature, params }: WorkRecord) => ({
    typedData: { domain: { name: 'Intaglio', version: '1', chainId, verifyingContract: collection }, primaryType: 'Receipt', message: receipt },
    signature,
    params,
  });

  test('leads to its work, as the file’s record and as a receipt’s file, pasted or dropped', async () => {
    const record = await recordOf(minted);
    for (const json of [record, typed(record), await fileOf(minted)]) {
      const expected = { asked: 'receipt', verdict: 'verified', work: { id: minted }, tokens: [{ tokenId: voucher.tokenId }] };
      expect(await answerOf(send(JSON.stringify(json)))).toMatchObject(expected);
      expect(await answerOf(send(form(Buffer.from(JSON.stringify(json)))))).toMatchObject(expected);
    }
  });

  test('of a private work holds, and names nothing', async () => {
    expect(await answerOf(send(JSON.stringify(await recordOf(hidden))))).toMatchObject({ verdict: 'verified', work: null, tokens: [] });
  });

  test('with any one thing changed is broken, and says where', async () => {
    const record = await recordOf(minted);
    const flip = (hex: string) => `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}` as Hex;
    const { receipt } = record;
    const broken = {
      version: [{ ...record, receipt: { ...receipt, version: flip(receipt.version) } }, 'version'],
      seed: [{ ...record, receipt: { ...receipt, seed: String(BigInt(receipt.seed) ^ 1n) } }, 'signature'],
      paramsHash: [{ ...record, receipt: { ...receipt, paramsHash: flip(receipt.paramsHash) } }, 'params'],
      promptHash: [{ ...record, receipt: { ...receipt, promptHash: flip(receipt.promptHash) } }, 'signature'],
      content: [{ ...record, receipt: { ...receipt, content: flip(receipt.content) } }, 'signature'],
      parent: [{ ...record, receipt: { ...receipt, parent: flip(receipt.parent) } }, 'signature'],
      signature: [
        { ...record, signature: `${record.signature.slice(0, 10)}${record.signature[10] === '0' ? '1' : '0'}${record.signature.slice(11)}` },
        'signature',
      ],
      collection: [{ ...record, collection: `0x${'fa'.repeat(20)}` }, 'factory'],
      params: [{ ...record, params: `${record.params} ` }, 'params'],
      digest: [{ ...(await fileOf(minted)), digest: `0x${'12'.repeat(32)}` }, 'receipt'],
    } as const;
    for (const [what, [json, link]] of Object.entries(broken)) {
      const { verdict, rows } = await answerOf(send(JSON.stringify(json)));
      expect([what, verdict, rows.filter(({ result }) => result === 'failed').map(({ id }) => id)]).toEqual([
        what,
        'broken',
        expect.arrayContaining([link]),
      ]);
    }
  });

  test('with something false around it is broken, though what was signed holds', async () => {
    const [file, other] = [await fileOf(minted), await fileOf(shared)];
    const { signer, token, manifest } = file;
    if (!token) throw new Error('a minted work’s receipt names its token');
    const metadata = token.metadata.replace(label, 'Forged');
    const ofOther = token.metadata.replace(file.typedData.message.promptHash, other.typedData.message.promptHash);
    const tokenOf = (text: string) => ({ ...token, tokenId: tokenIdOf(text), metadata: text, metadataCid: cidText(metadataCid(tokenIdOf(text))) });
    const forged = {
      grade: { ...file, reproducibility: file.reproducibility === 'A' ? 'B' : 'A' },
      kind: { ...file, kind: 'text' },
      'kind of a record': { ...(await recordOf(minted)), kind: 'text' },
      custody: { ...file, signer: { ...signer, custody: signer.custody === 'creator' ? 'platform' : 'creator' } },
      signer: { ...file, signer: { ...signer, address: `0x${'fa'.repeat(20)}` } },
      'kind of signer': { ...file, signer: { ...signer, kind: 'erc1271' } },
      manifest: { ...file, manifest: { ...manifest, text: `${manifest.text} ` } },
      'CID of the manifest': { ...file, manifest: { ...manifest, cid: token.imageCid } },
      metadata: { ...file, token: { ...token, metadata } },
      'number of the token': { ...file, token: { ...token, tokenId: tokenIdOf('{}') } },
      'image of the token': { ...file, token: { ...token, imageCid: token.metadataCid } },
      'receipt of the token': { ...file, token: tokenOf(ofOther) },
      'metadata of none': { ...file, token: tokenOf('{}') },
    };
    for (const [what, json] of Object.entries(forged)) {
      const { verdict, rows } = await answerOf(send(JSON.stringify(json)));
      expect([what, verdict, rows.filter(({ result }) => result === 'failed').map(({ id }) => id)]).toEqual([what, 'broken', ['record']]);
    }
  });

  test('in a form that says more than is read, or something else, is none', async () => {
    const file = await fileOf(minted);
    const { type: _, ...bare } = file;
    const { typedData } = file;
    const { domain, message, types } = typedData;
    for (const json of [
      { ...file, proofType: 'zk-snark' },
      { ...file, audited: true },
      ...[file, bare].flatMap((either) => [
        { ...either, typedData: { ...typedData, domain: { ...domain, name: 'Evil' } } },
        { ...either, typedData: { ...typedData, domain: { ...domain, chainId: true } } },
        { ...either, typedData: { ...typedData, primaryType: 'Mail' } },
        { ...either, typedData: { ...typedData, types: {} } },
        { ...either, typedData: { ...typedData, types: { ...types, Mail: [] } } },
        { ...either, typedData: { ...typedData, message: { ...message, amount: '1' } } },
      ]),
      { ...(await recordOf(minted)), typedData: {} },
      { ...(await recordOf(minted)), type: 'receipt' },
    ]) {
      expect([JSON.stringify(json).slice(0, 300), (await send(JSON.stringify(json))).status]).toEqual([expect.any(String), 400]);
    }
  });
});

describe('a file that lost its record', () => {
  const open = ({ width, height, rgba }: Pixels) => sharp(rgba, { raw: { width, height, channels: 4 } });

  test('is found exactly where its pixels are the same, also as another kind of file', async () => {
    for (const file of [await pngOf(sharedPixels), await open(sharedPixels).webp({ lossless: true }).toBuffer()])
      expect(await answerOf(send(form(file)))).toMatchObject({ verdict: 'unknown', work: { id: shared }, resembles: [] });
  });

  test('is found by its looks where they are not, and nothing is said to be proven', async () => {
    const copies = [await open(sharedPixels).resize(150).png().toBuffer(), await open(sharedPixels).jpeg({ quality: 60 }).toBuffer()];
    for (const file of copies) {
      const answer = await answerOf(send(form(file)));
      expect(answer).toMatchObject({ verdict: 'unknown', work: null, tokens: [] });
      expect(answer.resembles).toMatchObject([{ id: shared, model: 'pictures', page: `/works/${shared}`, closeness: 'nearly identical' }]);
    }
  });

  test('is found by its likeness alone, so that the picture need not be sent', async () => {
    const likeness = readLikeness(sharedPixels);
    const { body } = await send(JSON.stringify({ likeness: likeness && writeLikeness(likeness) }));
    expect(alikeSchema.strict().parse(body).resembles).toMatchObject([{ id: shared, difference: 0 }]);
  });
});

test('a private work is found by nobody, whatever is known of it', async () => {
  const { receiptDigest: receipt, content } = await workOf(hidden);
  const claim = await db.prisma.voucher.findUniqueOrThrow({ where: { workId: claimed } });
  const questions = [{ receipt }, { content }, { digest: content }, { cid: claim.imageCid }, { cid: claim.metadataCid }, { token: claim.tokenId }];
  const nothing = { verdict: 'unknown', rows: [], text: null, work: null, tokens: [], resembles: [] };
  for (const question of questions) expect([question, await answerOf(ask(question))]).toEqual([question, expect.objectContaining(nothing)]);
  for (const pixels of [privatePixels, claimedPixels])
    expect(await answerOf(send(form(await pngOf(pixels))))).toMatchObject({ verdict: 'unknown', work: null, tokens: [], resembles: [] });
  const answer = await answerOf(send(form(await sealed(hidden))));
  expect(answer).toMatchObject({ verdict: 'verified', work: null, tokens: [], resembles: [] });
  expect(JSON.stringify(answer)).not.toContain(hidden);
});

test('of a work that was taken down the receipt still holds, and nothing of it is shown', async () => {
  const { content } = await workOf(shared);
  const down = { id: randomUUID(), workId: shared ?? '', reason: 'somebody else’s', takenDownBy: anna.userId };
  await db.prisma.takedown.create({ data: down });
  expect(await answerOf(ask({ content }))).toMatchObject({
    verdict: 'verified',
    text: null,
    work: { id: shared, previewSrc: null, preview: null, image: null },
  });
  const likeness = readLikeness(sharedPixels);
  const { body } = await send(JSON.stringify({ likeness: likeness && writeLikeness(likeness) }));
  expect(body).toMatchObject({ resembles: [] });
  await db.prisma.takedown.update({ where: { id: down.id }, data: { liftedBy: anna.userId, liftedAt: new Date() } });
  expect(await answerOf(ask({ content }))).toMatchObject({ work: { previewSrc: expect.any(String) } });
});

describe('of two works with the same content', () => {
  const text = 'Twice the same line.';
  const receiptOf = async (id: string) => ({ receipt: (await workOf(id)).receiptDigest });
  const takeDown = (workId: string) =>
    db.prisma.takedown.create({ data: { id: randomUUID(), workId, reason: 'somebody else’s', takenDownBy: anna.userId } });
  let version: string;
  beforeAll(async () => {
    ({ version } = await publishOnTestChain(db, 'lines', { manifest: { kind: 'text' } }));
  });

  test('the one that was asked about is named, and its own takedown told', async () => {
    const [older, newer] = [await makeOf(db, anna, version, { kind: 'text', text }), await makeOf(db, anna, version, { kind: 'text', text })];
    for (const id of [older, newer]) await shareWork(db, anna, { id, shared: true });
    expect(await answerOf(ask(await receiptOf(newer)))).toMatchObject({ text, work: { id: newer, previewSrc: expect.any(String) } });
    await takeDown(newer);
    expect(await answerOf(ask(await receiptOf(newer)))).toMatchObject({ text: null, work: { id: newer, previewSrc: null } });
    expect(await answerOf(ask(await receiptOf(older)))).toMatchObject({ text, work: { id: older, previewSrc: expect.any(String) } });
    await db.prisma.takedown.updateMany({ where: { workId: newer }, data: { liftedBy: anna.userId, liftedAt: new Date() } });
    await takeDown(older);
    expect(await answerOf(ask(await receiptOf(newer)))).toMatchObject({ text, work: { id: newer, previewSrc: expect.any(String) } });
  });

  test('the other one is not passed off as the one whose file was checked', async () => {
    const line = 'A line that two made.';
    const [first, mine] = [
      await makeOf(db, anna, version, { kind: 'text', text: line }),
      await makeOf(db, anna, version, { kind: 'text', text: line }),
    ];
    await shareWork(db, anna, { id: first, shared: true });
    const file = form(await sealed(mine));
    expect(await answerOf(send(file))).toMatchObject({ verdict: 'verified', work: { id: first, sameReceipt: false } });
    await shareWork(db, anna, { id: mine, shared: true });
    expect(await answerOf(send(form(await sealed(mine))))).toMatchObject({ verdict: 'verified', work: { id: mine, sameReceipt: true } });
  });

  test('the public one is found behind any number of private ones', async () => {
    const again = 'A line of many.';
    for (let i = 0; i < 21; i++) await makeOf(db, anna, version, { kind: 'text', text: again }, false);
    const id = await makeOf(db, anna, version, { kind: 'text', text: again });
    await shareWork(db, anna, { id, shared: true });
    expect(await answerOf(send(form(Buffer.from(again))))).toMatchObject({ text: again, work: { id } });
  });
});

describe('what is no question', () => {
  test('is refused with what was wrong', async () => {
    for (const query of [{}, { token: 'x' }, { cid: 'bafy' }, { token: '1', content: `0x${'1'.repeat(64)}` }])
      expect(await ask(query)).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } });
    for (const body of ['{}', 'null', '[1]', 'no json', '{"receipt":{}}'])
      expect(await send(body)).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } });
    for (const file of [Buffer.from('GIF89a\0'), Buffer.alloc(0), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>\0')])
      expect(await send(form(file))).toMatchObject({ status: 415, body: { error: { code: 'unsupported_file' } } });
    expect(await send(form(Buffer.alloc(21 * 1024 * 1024)))).toMatchObject({ status: 413 });
  });

  test('what is known to nobody here is an answer all the same', async () => {
    const digest = `0x${'12'.repeat(32)}`;
    for (const query of [{ token: digest }, { receipt: digest }, { content: digest }, { digest }])
      expect(await answerOf(ask(query))).toMatchObject({ verdict: 'unknown', rows: [], work: null, summary: expect.stringMatching(/here/) });
    expect(await answerOf(send(form(Buffer.from('A line that nobody made.'))))).toMatchObject({
      verdict: 'unknown',
      summary: expect.stringMatching(/exactly this text/),
    });
  });

  test('too many of one client are turned away, and other sites may read that too', async () => {
    const client = '203.0.113.7';
    let status = 200;
    for (let i = 0; i < 301 && status === 200; i++) status = (await ask({ content: `0x${'12'.repeat(32)}` }, client)).status;
    expect(status).toBe(429);
    expect(await ask({ content: `0x${'12'.repeat(32)}` })).toMatchObject({ status: 200 });
  });
});

describe('nobody waits for others', () => {
  const hung = (type: string, client: string) =>
    POST(
      new NextRequest(address, {
        method: 'POST',
        headers: { ...headers(client), 'content-type': type },
        body: new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from('{')) }),
        duplex: 'half',
      } as never),
    );
  const clients = Array.from({ length: 11 }, (_, i) => `198.51.100.${i}`);

  test('who send the beginning of something and then nothing: those are given up, and others answered meanwhile', async () => {
    const slow = clients.flatMap((client) => [
      ...['', '', ''].map(() => hung('multipart/form-data; boundary=x', client)),
      ...Array.from({ length: 6 }, () => hung('application/json', client)),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const digest = `0x${'12'.repeat(32)}`;
    const digests = { content: digest, receiptDigest: null, collection: null, version: null };
    expect(await send(JSON.stringify({ digests }))).toMatchObject({ status: 200 });
    expect(await ask({ content: digest })).toMatchObject({ status: 200 });
    expect(await hung('multipart/form-data; boundary=x', 'one more of too many')).toMatchObject({ status: 429 });
    // Ten seconds, of the clock.
    const states = new Set((await Promise.all(slow)).map(({ status }) => status));
    expect([...states].sort()).toEqual([408, 429]);
    expect(await send(form(Buffer.from('A line that nobody made.')))).toMatchObject({ status: 200 });
  });

  test('with large pictures: a file counts by its pixels, and so does a question that has one opened', async () => {
    const header = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000', 'hex');
    header.writeUInt32BE(6_000, 16);
    header.writeUInt32BE(6_000, 20);
    for (let i = 0; i < 6; i++) expect(await send(form(header), '198.51.100.50')).toMatchObject({ status: 200 });
    expect(await send(form(header), '198.51.100.50')).toMatchObject({ status: 429 });
    const { content } = await workOf(shared);
    expect(await ask({ content }, '198.51.100.50')).toMatchObject({ status: 429 });
    expect(await ask({ content: `0x${'12'.repeat(32)}` }, '198.51.100.50')).toMatchObject({ status: 200 });
  });
});

test('another site’s page may send JSON, without cookies', () => {
  const { status, headers: said } = OPTIONS();
  expect([status, said.get('access-control-allow-origin'), said.get('access-control-allow-credentials')]).toEqual([204, '*', null]);
});
