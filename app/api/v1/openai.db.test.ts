import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionActor } from '@/lib/actor';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { placeToLook } from '@/lib/gateway/runs/place-to-look';
import { writeCalls } from '@/lib/gateway/usage/record-call';
import { readRecord } from '@/lib/protocol/png-record';
import { serveGateway } from './testing/gateway';
import { newKey, newPerson, openHouse, WORDS } from './testing/house';

// The official client, unchanged: a base URL and a key.
const folder = mkdtempSync(join(tmpdir(), 'intaglio-gateway-'));
let db: Database;
let house: Awaited<ReturnType<typeof openHouse>>;
let server: Awaited<ReturnType<typeof serveGateway>>;
let anna: SessionActor;
let client: OpenAI;
const clientOf = (apiKey: string) => new OpenAI({ apiKey, baseURL: `${server.origin}/api/v1`, maxRetries: 0 });

beforeAll(async () => {
  server = await serveGateway();
  Object.assign(process.env, { PUBLIC_URL: server.origin, STORAGE_DIR: folder });
  house = await openHouse();
  db = house.db;
  anna = await newPerson(db, 100_000n);
  client = clientOf((await newKey(db, anna)).secret);
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await writeCalls();
  await server.close();
  await house.close();
  rmSync(folder, { recursive: true });
});

describe('pictures', () => {
  test('come as base64: the sealed file of a work that is paid for', async () => {
    const before = BigInt((await getBalance(db, anna)).availableMillicredits);
    const { data } = await client.images.generate({ model: 'proof', prompt: 'a quiet proof', n: 2, response_format: 'b64_json' });
    expect(data).toHaveLength(2);
    for (const { b64_json } of data ?? []) {
      const bytes = Buffer.from(b64_json ?? '', 'base64');
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 2, height: 2 });
      expect(readRecord(bytes)).toMatchObject({ chainId: 31337 });
    }
    expect(before - BigInt((await getBalance(db, anna)).availableMillicredits)).toBe(4_000n);
  });

  test('come as an address that needs no key, and is nobody’s to make up', async () => {
    const { data } = await client.images.generate({ model: 'proof', prompt: 'a quiet proof', size: '2x2' as never });
    const url = data?.[0]?.url ?? '';
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await fetch(`${url.slice(0, -2)}AA`)).status).toBe(404);
  });

  test('that a model cannot make are refused in words, and cost nothing', async () => {
    const ask = (more: object) => client.images.generate({ model: 'proof', prompt: 'x', ...more });
    await expect(ask({ size: '4x4' })).rejects.toMatchObject({
      status: 400,
      code: 'invalid_input',
      message: expect.stringContaining('“height” is one of 2'),
    });
    await expect(ask({ output_format: 'jpeg' })).rejects.toMatchObject({ status: 400, message: expect.stringContaining('PNG') });
    await expect(ask({ model: 'lines' })).rejects.toMatchObject({ status: 400, message: expect.stringContaining('chat/completions') });
    await expect(ask({ model: 'nothing' })).rejects.toMatchObject({ status: 404, code: 'not_found' });
    await expect(ask({ model: 'broken' })).rejects.toMatchObject({ status: 502, code: 'endpoint_failed' });
    expect((await getBalance(db, anna)).heldMillicredits).toBe('0');
  });
});

describe('texts', () => {
  const messages = [{ role: 'user' as const, content: 'Say a line.' }];

  test('come whole', async () => {
    const answer = await client.chat.completions.create({ model: 'lines', messages });
    expect(answer).toMatchObject({ object: 'chat.completion', choices: [{ message: { role: 'assistant', content: WORDS }, finish_reason: 'stop' }] });
  });

  test('come as a stream where one is asked for', async () => {
    const chunks = [];
    for await (const chunk of await client.chat.completions.create({ model: 'lines', messages, stream: true })) chunks.push(chunk);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(WORDS);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
  });

  test('of several messages are asked for with who said what', async () => {
    const { id } = await client.chat.completions.create({ model: 'lines', messages: [{ role: 'system', content: 'Be short.' }, ...messages] });
    const { prompt } = await db.prisma.generation.findFirstOrThrow({ where: { quoteId: id.replace('chatcmpl-', '') } });
    expect(prompt).toBe('system: Be short.\n\nuser: Say a line.');
  });
});

test('nothing is started for whom there is no place to wait in, and what the client sends again by itself costs nothing', async () => {
  const ben = await newPerson(db, 100_000n);
  const patient = new OpenAI({ apiKey: (await newKey(db, ben)).secret, baseURL: `${server.origin}/api/v1`, maxRetries: 1 });
  const places = Array.from({ length: 50 }, () => placeToLook('waits', ben.userId));
  const full = { status: 429, code: 'rate_limited' };
  const picture = await patient.images.generate({ model: 'proof', prompt: 'x' }).catch((error: unknown) => error);
  expect(picture).toMatchObject(full);
  expect((picture as InstanceType<typeof OpenAI.APIError>).headers?.get('retry-after')).toBe('5');
  const messages = [{ role: 'user' as const, content: 'x' }];
  for (const stream of [false, true]) await expect(patient.chat.completions.create({ model: 'lines', messages, stream })).rejects.toMatchObject(full);
  expect(await db.prisma.generation.count({ where: { userId: ben.userId } })).toBe(0);
  places[0]?.();
  expect((await patient.images.generate({ model: 'proof', prompt: 'x' })).data).toHaveLength(1);
  await expect(patient.images.generate({ model: 'broken', prompt: 'x' })).rejects.toMatchObject({ code: 'endpoint_failed' });
  for await (const chunk of await patient.chat.completions.create({ model: 'lines', messages, stream: true })) expect(chunk.choices).toHaveLength(1);
  // Each of these has left its place.
  expect((await patient.chat.completions.create({ model: 'lines', messages })).choices).toHaveLength(1);
}, 30_000);

test('models are listed and looked up', async () => {
  const listed = [];
  for await (const model of client.models.list()) listed.push(model);
  expect(listed).toMatchObject([{ id: 'proof', object: 'model', owned_by: expect.stringMatching(/^0x/) }, { id: 'lines' }, { id: 'broken' }]);
  expect(await client.models.retrieve('lines')).toMatchObject({ id: 'lines', object: 'model', created: expect.any(Number) });
});

test('what goes wrong has the classes and codes that its users know', async () => {
  const ask = (of: OpenAI) => of.images.generate({ model: 'proof', prompt: 'x' });
  await expect(ask(clientOf('sk-nothing-of-ours'))).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  await expect(ask(clientOf((await newKey(db, anna, { scopes: ['read'] })).secret))).rejects.toBeInstanceOf(OpenAI.PermissionDeniedError);
  await expect(ask(clientOf((await newKey(db, await newPerson(db))).secret))).rejects.toMatchObject({ status: 402, code: 'insufficient_credits' });
  await expect(ask(clientOf((await newKey(db, anna, { capDay: '1999' })).secret))).rejects.toMatchObject({ status: 403, code: 'cap_reached' });
  await db.prisma.model.update({ where: { slug: 'broken' }, data: { status: 'paused' } });
  await expect(client.images.generate({ model: 'broken', prompt: 'x' })).rejects.toMatchObject({ status: 409, code: 'model_paused' });
});

test('each call is a row, with its key, model and runs', async () => {
  const { id, secret } = await newKey(db, anna);
  await clientOf(secret).images.generate({ model: 'proof', prompt: 'counted' });
  await clientOf(secret)
    .images.generate({ model: 'nothing', prompt: 'counted' })
    .catch(() => {});
  await writeCalls();
  const rows = await db.prisma.apiCall.findMany({ where: { keyId: id }, orderBy: { at: 'asc' } });
  expect(rows).toMatchObject([
    {
      door: 'key',
      route: 'POST /api/v1/images/generations',
      modelSlug: 'proof',
      status: 200,
      code: null,
      millicredits: 2000n,
      quoteId: expect.any(String),
    },
    { modelSlug: null, status: 404, code: 'not_found', millicredits: 0n },
  ]);
  expect((await db.prisma.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt).toEqual(rows[1]?.at);
});
