import { mkdtempSync, rmSync } from 'node:fs';
import { request as openRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SessionActor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { MAX_UPLOAD_BYTES } from '@/lib/uploads/limits';
import { bomb, photo, plain } from '@/lib/uploads/testing/files';
import { createIntaglio, type Intaglio } from '@/packages/client/index';
import { seedTestModel } from '@/prisma/seed/test-model';
import { serveGateway } from './testing/gateway';
import { newKey, newPerson, openHouse } from './testing/house';

const folder = mkdtempSync(join(tmpdir(), 'intaglio-gateway-'));
const picture = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png' } as const;
const size = (title: string) => ({ type: 'integer', title, default: 2, enum: [2] }) as const;
let db: Database;
let house: Awaited<ReturnType<typeof openHouse>>;
let server: Awaited<ReturnType<typeof serveGateway>>;
let anna: SessionActor;
let secret: string;
let client: Intaglio;

beforeAll(async () => {
  server = await serveGateway();
  Object.assign(process.env, { PUBLIC_URL: server.origin, STORAGE_DIR: folder });
  house = await openHouse();
  db = house.db;
  const properties = { width: size('Width'), height: size('Height'), picture };
  await seedTestModel(db, await newPerson(db), {
    slug: 'again',
    manifest: { name: 'Again', parameters: { type: 'object', additionalProperties: false, properties } },
  });
  anna = await newPerson(db, 100_000n);
  secret = (await newKey(db, anna)).secret;
  client = createIntaglio({ baseUrl: server.origin, key: secret });
});
afterAll(async () => {
  await server.close();
  await house.close();
  rmSync(folder, { recursive: true });
});

const send = (body: Uint8Array, key = secret) =>
  fetch(`${server.origin}/api/v1/uploads`, { method: 'POST', body: new Blob([new Uint8Array(body)]), headers: { authorization: `Bearer ${key}` } });
const codeOf = async (answer: Response) => [answer.status, (await answer.json()).code];
const read = (content: string, key = secret) => fetch(`${server.origin}/api/v1/uploads/${content}`, { headers: { authorization: `Bearer ${key}` } });
const sealed = (id: string) =>
  vi.waitFor(async () => expect((await client.api.GET('/generations/{id}', { params: { path: { id } } })).data?.sealed).toBe(true), {
    ...{ timeout: 10_000, interval: 100 },
  });
async function make(body: { params?: Record<string, string>; parentWorkId?: string }): Promise<string> {
  const { data, error } = await client.api.POST('/generations', { body: { model: 'again', prompt: 'again', ...body } });
  expect(error).toBeUndefined();
  const id = data?.generations[0]?.id ?? '';
  await sealed(id);
  return id;
}

test('a picture is sent, a run starts from it, and its owner reads back nothing but its pixels', async () => {
  const { content, width, height } = await client.upload(new Blob([new Uint8Array(await photo())]));
  expect([width, height]).toEqual([40, 60]);
  const id = await make({ params: { picture: content } });
  const { data: work } = await client.api.GET('/works/{id}', { params: { path: { id } } });
  expect(work?.paramsText).toContain(content);
  const answer = await read(content);
  expect([answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
    'image/png',
    `attachment; filename="${content}.png"`,
  ]);
  expect(
    Buffer.from(await answer.arrayBuffer())
      .toString('latin1')
      .toLowerCase(),
  ).not.toMatch(/canary|exif|gps/);
});

test('a run starts from a work of one’s own, by its id', async () => {
  const parentWorkId = await make({});
  const id = await make({ parentWorkId });
  const { data: work } = await client.api.GET('/works/{id}', { params: { path: { id } } });
  const { data: parent } = await client.api.GET('/works/{id}', { params: { path: { id: parentWorkId } } });
  expect(work?.parentWork).toMatchObject({ id: parentWorkId });
  expect(work?.digests.parent).toBe(parent?.digests.receipt);
  const stranger = createIntaglio({ baseUrl: server.origin, key: (await newKey(db, await newPerson(db, 10_000n))).secret });
  const { error } = await stranger.api.POST('/quotes', { body: { model: 'again', prompt: 'x', parentWorkId } });
  expect(error?.code).toBe('not_found');
});

test('somebody else who knows its content neither reads it nor starts from it', async () => {
  const { content } = await client.upload(new Blob([new Uint8Array(await plain(7))]));
  const { secret: other } = await newKey(db, await newPerson(db, 10_000n));
  expect(await codeOf(await read(content, other))).toEqual([404, 'upload_gone']);
  expect(await codeOf(await read('0xno'))).toEqual([404, 'not_found']);
  const { error } = await createIntaglio({ baseUrl: server.origin, key: other }).api.POST('/quotes', {
    body: { model: 'again', prompt: 'x', params: { picture: content } },
  });
  expect(error?.code).toBe('upload_gone');
});

test('what is no picture, too large or not whole is refused, and so is a key that may only read', async () => {
  for (const file of [await bomb(), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), Buffer.alloc(0), (await plain(3)).subarray(0, 60)]) {
    expect(await codeOf(await send(file))).toEqual([415, 'upload_unread']);
  }
  expect(await codeOf(await send(Buffer.alloc(MAX_UPLOAD_BYTES + 1)))).toEqual([413, 'too_large']);
  const { secret: reader } = await newKey(db, anna, { scopes: ['read'] });
  expect(await codeOf(await send(await plain(1), reader))).toEqual([403, 'scope_missing']);
  const { secret: runner } = await newKey(db, anna, { scopes: ['run'] });
  expect((await send(await plain(1), runner)).status).toBe(201);
});

/** Sends the head of a call with a large file, and no byte of the file. */
const answerBeforeFile = (authorization: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { ...(authorization && { authorization }), 'content-length': String(MAX_UPLOAD_BYTES) };
    const call = openRequest(`${server.origin}/api/v1/uploads`, { method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode ?? 0);
      call.destroy();
    });
    call.on('error', reject).flushHeaders();
  });

test('of somebody who is not let in no byte is waited for', async () => {
  const revoked = await newKey(db, anna);
  await db.prisma.apiKey.update({ where: { id: revoked.id }, data: { revokedAt: new Date() } });
  const began = performance.now();
  expect(await Promise.all(['', 'Bearer nonsense', `Bearer ${revoked.secret}`].map(answerBeforeFile))).toEqual([401, 401, 401]);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('more than a person sends in a minute are refused', async () => {
  const { secret: key } = await newKey(db, await newPerson(db));
  const codes: unknown[] = [];
  for (let i = 0; i < 31; i++) codes.push((await send(Buffer.from('nothing'), key)).status);
  expect(codes.slice(0, 30)).toEqual(Array(30).fill(415));
  expect(codes[30]).toBe(429);
});
