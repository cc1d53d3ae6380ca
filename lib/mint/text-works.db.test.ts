import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import type { Adapters } from '@/lib/generations/call-endpoint';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { openaiChat } from '@/lib/inference/adapters/openai-chat';
import { localAdapter } from '@/lib/inference/local-adapter';
import { platformSigner } from '@/lib/keys/sealed-keys';
import type { ParameterSchema } from '@/lib/models/schema';
import { textContent } from '@/lib/protocol/content';
import { readRecord, writeRecord } from '@/lib/protocol/png-record';
import type { WorkRecord } from '@/lib/protocol/work-record';
import type { VerifyReport } from '@/lib/provenance/schema';
import { verifyFile } from '@/lib/provenance/verify-file';
import { storage } from '@/lib/storage/storage';
import { getWork } from '@/lib/works/get-work';
import { listGallery } from '@/lib/works/queries';
import { readSealedFile, readTextFile } from '@/lib/works/read-file';
import { sealWork } from '@/lib/works/seal-work';
import { shareWork } from '@/lib/works/share-work';
import { grantCredits } from '@/prisma/seed/people';
import { startOpenaiChat } from '@/scripts/standins/models/openai-chat';
import type { StandIn } from '@/scripts/standins/models/serve';
import { chainHandlers } from './chain-handlers';
import { issueVoucher } from './issue-voucher';
import { findPublicFile } from './public-file';
import { collector, makeWork, publishOnTestChain, sendMint, type TestModel } from './testing/mint-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const ROUTE = 'POST /v1/chat/completions';
const MODEL = 'llama-3.1-8b';
const context = { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 };
const chat: Adapters = { 'openai-chat': openaiChat };
const settings = (properties: ParameterSchema['properties'] = {}): ParameterSchema => ({ type: 'object', additionalProperties: false, properties });
const start = { type: 'string', title: 'Start from', default: '', contentMediaType: 'text/plain' } as const;
let server: StandIn;
let [plain, after, pictures]: TestModel[] = [];
let anna: Actor;
let bert: Actor;

async function publish(slug: string, parameters = settings()): Promise<TestModel> {
  const deployment = { provider: 'openai-chat', reference: MODEL };
  const model = await publishOnTestChain(db, slug, { manifest: { kind: 'text', parameters, reproducibility: 'D' }, deployment });
  await db.prisma.deployment.updateMany({ where: { versionDigest: model.version }, data: { url: server.url } });
  return model;
}

beforeAll(async () => {
  server = await startOpenaiChat({ models: [MODEL] });
  vi.stubEnv('ENDPOINT_PRIVATE_HOSTS', new URL(server.url).host);
  vi.stubEnv('MODERATION_PHRASES', 'the listed words');
  await deployToTestChain((await platformSigner(db)).address);
  [plain, after, pictures] = [await publish('plain'), await publish('after', settings({ start })), await publishOnTestChain(db, 'pictures')];
  [anna, bert] = [await collector(db, 1), await collector(db, 2)];
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  expect((await db.pool.query('SELECT * FROM run_audit')).rows).toEqual([]);
  await server.close();
  await db.close();
});

type Asked = { parentWorkId?: string; adapters?: Adapters; actor?: Actor };
/** One run of a text model, from the price to its end, and sealed where it was delivered. */
async function make(model: TestModel | undefined, { parentWorkId, adapters = chat, actor = anna }: Asked = {}): Promise<string> {
  await grantCredits(db, actor, 2_000n);
  const input = { version: model?.version ?? '0x', prompt: 'a private thought', params: {}, seed: null, count: 1, parentWorkId };
  const { token, quoteId } = await quote(db, actor, input);
  await startGenerations(db, actor, { token });
  const id = (await listGenerations(db, actor, { quoteId }))[0]?.id ?? '';
  await createRunGeneration(db, adapters)({ id }, context);
  if (await db.prisma.work.findUnique({ where: { id } })) await sealWork({ id }, context);
  return id;
}
const saying = (text: string): Adapters => ({ 'openai-chat': localAdapter(async () => ({ output: { kind: 'text', text } })) });
const workOf = (id: string) => db.prisma.work.findUniqueOrThrow({ where: { id } });
const sealed = async (id: string) => storage().get((await workOf(id)).sealedBlob ?? '');
const links = (report: VerifyReport, result: 'ok' | 'failed' | 'not_checked') =>
  report.rows.filter((row) => row.result === result).map((row) => row.id);
const UNMINTED = ['file', 'record', 'content', 'params', 'receipt', 'signature', 'version', 'factory', 'creator'];

describe('a run of a text model', () => {
  test('delivers a text: its letters are the content, its card is the file, and the file has the whole text', async () => {
    const id = await make(plain);
    const work = await workOf(id);
    const text = work.text ?? '';
    expect([work.kind, text]).toEqual(['text', expect.stringMatching(/^A line of \w{12}\.$/)]);
    expect(work.content).toBe(`0x${createHash('sha256').update(text, 'utf8').digest('hex')}`);
    const file = await sealed(id);
    expect(readRecord(file)).toMatchObject({ kind: 'text', text, receipt: { content: work.content } });
    expect(await sharp(file).metadata()).toMatchObject({ width: work.width, height: work.height });
    // Its model's creator reads the report, and not the collector's text.
    expect((await db.prisma.generation.findUniqueOrThrow({ where: { id }, include: { report: true } })).report?.raw).not.toContain(text);
    const { quoteId } = await db.prisma.generation.findUniqueOrThrow({ where: { id } });
    expect(await listGenerations(db, anna, { quoteId })).toMatchObject([{ text, sealed: true }]);
  });

  test.each(['', 'a\0b', 'a\ud800', 'x'.repeat(20_001)])('ends without a charge where that is no text (%#)', async (text) => {
    const run = await db.prisma.generation.findUniqueOrThrow({ where: { id: await make(plain, { adapters: saying(text) }) } });
    expect(run).toMatchObject({ state: 'failed', errorCode: 'output_invalid' });
  });

  test('ends without a charge where the text has a listed phrase in it', async () => {
    const run = await db.prisma.generation.findUniqueOrThrow({
      where: { id: await make(plain, { adapters: saying('Here are The Listed Words.') }) },
    });
    expect(run).toMatchObject({ state: 'failed', errorCode: 'output_blocked' });
  });

  test('ends without a charge where a picture came', async () => {
    const picture = localAdapter(async () => ({ output: { kind: 'pixels', width: 1, height: 1, rgba: Uint8Array.of(1, 2, 3, 255) } }));
    const run = await db.prisma.generation.findUniqueOrThrow({ where: { id: await make(plain, { adapters: { 'openai-chat': picture } }) } });
    expect(run).toMatchObject({ state: 'failed', errorCode: 'output_invalid' });
  });

  test('has no row that is half a text, or has another content than its text: the database refuses it', async () => {
    const id = await make(plain);
    for (const change of ['text = NULL', "kind = 'image'", "text = ''", "text = repeat('x', 20001)", "text = text || '.'"]) {
      await expect(db.pool.query(`UPDATE work SET ${change} WHERE id = $1`, [id])).rejects.toThrow('work_text');
    }
  });
});

describe('who sees a text', () => {
  test('is who sees a picture: its owner, and everyone once it is shared; the files stay its owner’s', async () => {
    const id = await make(plain);
    const { text } = await workOf(id);
    expect(await getWork(db, bert, id)).toBeNull();
    for (const read of [readSealedFile, readTextFile]) {
      await expect(read(db, bert, id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(read(db, null, id)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect((await readTextFile(db, anna, id)).bytes.toString()).toBe(text);
    await shareWork(db, anna, { id, shared: true });
    expect(await getWork(db, null, id)).toMatchObject({ body: { kind: 'text', text }, file: null, textFile: null });
    expect((await listGallery(db)).works.find((work) => work.id === id)?.alt).toContain(`a text made with plain: ${text}`);
    await expect(readTextFile(db, bert, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is nobody before it is sealed, and a picture has no text to read', async () => {
    const id = await make(plain);
    await db.pool.query('UPDATE work SET sealed_at = NULL, sealed_blob = NULL WHERE id = $1', [id]);
    expect(await getWork(db, anna, id)).toMatchObject({ body: { kind: 'text', text: null } });
    await expect(readTextFile(db, anna, id)).rejects.toMatchObject({ code: 'not_sealed' });
    const picture = await makeWork(db, anna, pictures?.version ?? '0x');
    expect(await getWork(db, anna, picture)).toMatchObject({ body: { kind: 'image' }, textFile: null });
    await expect(readTextFile(db, anna, picture)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the file of a text', () => {
  test('is verified by its text; its card only where the credentials cover it', async () => {
    const id = await make(plain);
    const file = await sealed(id);
    const report = await verifyFile(db, file);
    expect(report).toMatchObject({ verdict: 'verified', text: (await workOf(id)).text, summary: expect.stringContaining('the text in this file') });
    expect(links(report, 'ok')).toEqual([...UNMINTED.toSpliced(3, 0, 'card'), 'parent', 'credentials']);
    const repainted = await sharp(file).negate().png().toBuffer();
    const other = await verifyFile(db, writeRecord(repainted, readRecord(file) as WorkRecord));
    expect([other.verdict, links(other, 'not_checked')]).toEqual(['verified', expect.arrayContaining(['card', 'credentials'])]);
  });

  test('with one letter changed is broken, and is shown as nobody’s words', async () => {
    const file = await sealed(await make(plain));
    const record = readRecord(file) as WorkRecord;
    const text = record.text?.replace('line', 'lime') ?? '';
    const tampered = await verifyFile(db, writeRecord(file, { ...record, text }));
    expect([tampered.verdict, tampered.text, links(tampered, 'failed')]).toEqual(['broken', null, ['content', 'credentials']]);
    const receipt = { ...record.receipt, content: textContent(text) };
    const forged = await verifyFile(db, writeRecord(file, { ...record, text, receipt }));
    expect([forged.verdict, forged.text, links(forged, 'failed')]).toEqual(['broken', null, ['signature', 'credentials']]);
  });

  test('becomes a token’s image with the text in it, and its traits say nothing of what it says', async () => {
    const id = await make(plain);
    const call = await issueVoucher(db, anna, { workId: id, label: 'A line' });
    expect((await sendMint(call, 1)).status).toBe('success');
    await createIndexer({ handlers: chainHandlers }).run(db);
    const voucher = await db.prisma.voucher.findUniqueOrThrow({ where: { workId: id } });
    const { text } = await workOf(id);
    expect(voucher.metadata).toContain('{"trait_type":"Characters","value":"23"}');
    expect(voucher.metadata).not.toContain(text ?? 'A line');
    const report = await verifyFile(db, (await (await findPublicFile(db, voucher.imageCid))?.read()) ?? new Uint8Array());
    expect(links(report, 'ok')).toEqual([
      ...UNMINTED.toSpliced(3, 0, 'card'),
      ...['image', 'token', 'minted', 'owner', 'parent', 'evolution', 'credentials'],
    ]);
    expect(report).toMatchObject({ verdict: 'verified', text, tokens: [{ tokenId: call.tokenId }] });
    expect((await readTextFile(db, null, id)).bytes.toString()).toBe(text);
  });

  test('of a second identical text is delivered, and not mintable', async () => {
    const [first, second] = [await make(plain, { adapters: saying('The same.') }), await make(plain, { adapters: saying('The same.'), actor: bert })];
    await issueVoucher(db, anna, { workId: first, label: 'First' });
    await expect(issueVoucher(db, bert, { workId: second, label: 'Second' })).rejects.toMatchObject({ code: 'duplicate_content' });
  });
});

describe('a text to start from', () => {
  test('goes to the model as words, is named by its content, and is its work’s parent', async () => {
    const parent = await workOf(await make(plain));
    const child = await make(after, { parentWorkId: parent.id });
    expect([await getWork(db, anna, parent.id), await getWork(db, anna, child)]).toMatchObject([{ remixable: false }, { remixable: true }]);
    const run = await db.prisma.generation.findUniqueOrThrow({ where: { id: child } });
    expect(run).toMatchObject({ state: 'captured', parent: parent.receiptDigest, paramsText: `{"start":"${parent.content}"}` });
    const body: Record<string, unknown> = JSON.parse(String(server.seenAt(ROUTE).at(-1)?.body));
    expect(body).toMatchObject({ messages: [{ role: 'user', content: `${parent.text}\n\na private thought` }] });
    expect(body).not.toHaveProperty('start');
  });

  test('is refused in plain words by a model that takes none, and a picture by one that takes texts', async () => {
    const [text, picture] = [await make(plain), await makeWork(db, anna, pictures?.version ?? '0x')];
    const ask = (model: TestModel | undefined, parentWorkId: string) =>
      quote(db, anna, { version: model?.version ?? '0x', prompt: 'x', params: {}, seed: null, count: 1, parentWorkId });
    await expect(ask(plain, text)).rejects.toThrow('This model starts from no other work, and that work is a text.');
    await expect(ask(pictures, text)).rejects.toThrow('This model starts from no other work, and that work is a text.');
    await expect(ask(after, picture)).rejects.toThrow('This model starts from texts, and that work is a picture.');
    await expect(ask(pictures, picture)).resolves.toMatchObject({ count: 1 });
  });
});
