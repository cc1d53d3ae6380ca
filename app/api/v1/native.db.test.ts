import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SessionActor } from '@/lib/actor';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { parameterSchema } from '@/lib/models/schema';
import { grantCredits } from '@/prisma/seed/people';
import { serveGateway } from './testing/gateway';
import { newKey, newPerson, openHouse, WORDS } from './testing/house';

const folder = mkdtempSync(join(tmpdir(), 'intaglio-gateway-'));
let db: Database;
let house: Awaited<ReturnType<typeof openHouse>>;
let server: Awaited<ReturnType<typeof serveGateway>>;
let anna: SessionActor;
let secret: string;

type Sent = { method?: string; body?: object | string; headers?: Record<string, string>; key?: string };
const send = (path: string, { method, body, headers, key = secret }: Sent = {}) =>
  fetch(`${server.origin}${path.startsWith('/api') ? path : `/api/v1${path}`}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    body: typeof body === 'object' ? JSON.stringify(body) : body,
    headers: { authorization: `Bearer ${key}`, ...headers },
  });
async function ask(path: string, sent?: Sent) {
  const answer = await send(path, sent);
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}
const sealed = (id: string) =>
  vi.waitFor(
    async () => {
      const { body } = await ask(`/generations/${id}`);
      expect(body.sealed).toBe(true);
      return body;
    },
    { timeout: 10_000, interval: 100 },
  );
const settings = { model: 'proof', prompt: 'a quiet proof', seed: 7 };

beforeAll(async () => {
  server = await serveGateway();
  Object.assign(process.env, { PUBLIC_URL: server.origin, STORAGE_DIR: folder });
  house = await openHouse();
  db = house.db;
  anna = await newPerson(db, 200_000n);
  secret = (await newKey(db, anna)).secret;
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await server.close();
  await house.close();
  rmSync(folder, { recursive: true });
});

describe('a run', () => {
  test('is priced, started by its quote, followed, and read as a work with file and receipt', async () => {
    const quoted = await ask('/quotes', { body: settings });
    expect(quoted).toMatchObject({ status: 200, body: { model: 'proof', totalMillicredits: '2000', params: { width: 2, height: 2 }, seeds: ['7'] } });
    const started = await ask('/generations', { body: { quote: quoted.body.quote } });
    expect(started).toMatchObject({ status: 201, body: { quoteId: quoted.body.quoteId, generations: [{ model: 'proof', seed: '7' }] } });
    const { id, links } = started.body.generations[0];
    const stream = await send(links.events);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const told = await stream.text();
    const last = told
      .split('\n\n')
      .filter((part) => part.startsWith('data: '))
      .at(-1);
    expect(JSON.parse(last?.slice(6) ?? '')).toMatchObject({ id, state: 'captured', sealed: true });
    expect(told).toMatch(/event: done\ndata: \{\}\n\n$/);
    const { body: run } = await ask(links.self);
    const { body: work } = await ask(run.links.work);
    expect(work).toMatchObject({ id, isOwner: true, seed: '7', file: { href: run.links.file } });
    const file = await send(work.file.href);
    expect([file.headers.get('content-type'), (await file.arrayBuffer()).byteLength]).toEqual(['image/png', work.file.bytes]);
    expect((await ask(run.links.receipt)).body).toMatchObject({ type: 'intaglio-receipt' });
  });

  test('of a text gives its words, and the very bytes of them', async () => {
    const { body } = await ask('/generations', { body: { model: 'lines', prompt: 'x' } });
    expect(await sealed(body.generations[0].id)).toMatchObject({ text: WORDS });
    expect(await (await send(`/works/${body.generations[0].id}/text`)).text()).toBe(WORDS);
  });

  test('is nobody else’s to see, follow, cancel or have the file of', async () => {
    const { body } = await ask('/generations', { body: settings });
    const { id } = body.generations[0];
    await sealed(id);
    const { secret: key } = await newKey(db, await newPerson(db));
    for (const path of [`/generations/${id}`, `/generations/${id}/events`, `/works/${id}`, `/works/${id}/file`, `/works/${id}/receipt`])
      expect(await ask(path, { key }), path).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await ask(`/generations/${id}`, { key, method: 'DELETE' })).status).toBe(404);
    expect((await ask('/generations', { key })).body).toEqual({ generations: [], nextCursor: null });
    expect(await ask(`/generations/${id}`, { method: 'DELETE' })).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
  });

  test('counts in its model’s limit, each of several', async () => {
    const { secret: key } = await newKey(db, await newPerson(db, 20_000n));
    const start = async (count: number) => (await ask('/generations', { key, body: { ...settings, count } })).headers.get('ratelimit');
    expect(await start(4)).toMatch(/"model";r=236;/);
    expect(await start(1)).toMatch(/"model";r=235;/);
  });

  test('that waits is cancelled, and its credits are free again', async () => {
    const ben = await newPerson(db, 20_000n);
    const { secret: key } = await newKey(db, ben);
    const { body } = await ask('/generations', { key, body: { ...settings, count: 4 } });
    const answers = await Promise.all(body.generations.map(({ id }: { id: string }) => ask(`/generations/${id}`, { key, method: 'DELETE' })));
    expect(answers.map(({ status }) => [202, 409].includes(status))).toEqual([true, true, true, true]);
    expect(answers.some(({ body: run }) => run.state === 'cancelled')).toBe(true);
  });

  test('that costs more than there is has a problem of its own', async () => {
    const { secret: key } = await newKey(db, await newPerson(db, 1_000n));
    const { status, headers, body } = await ask('/generations', { key, body: settings });
    expect([status, headers.get('content-type')]).toEqual([402, 'application/problem+json']);
    expect(body).toMatchObject({
      type: `${server.origin}/docs/errors#insufficient_credits`,
      title: expect.any(String),
      status,
      code: 'insufficient_credits',
    });
  });

  test('with settings that are wrong says which', async () => {
    const refused = async (body: object | string) => (await ask('/generations', { body })).body;
    expect(await refused('{')).toMatchObject({ code: 'invalid_input', detail: 'The body is not JSON.' });
    expect(await refused({ ...settings, seed: -1 })).toMatchObject({ code: 'invalid_input', detail: expect.stringMatching(/^seed/) });
    expect(await refused({ ...settings, params: { depth: 3 } })).toMatchObject({
      details: { fields: { depth: 'is not a parameter of this model' } },
    });
    expect(await refused({ prompt: 'x' })).toMatchObject({ detail: expect.stringMatching(/^model/) });
    expect(await refused({ quote: 'made up' })).toMatchObject({ status: 400, code: 'quote_invalid' });
    for (const odd of ['a\0b', 'a\ud800']) {
      expect(await refused({ ...settings, prompt: odd })).toMatchObject({ code: 'invalid_input', detail: expect.stringMatching(/^prompt/) });
      expect(await refused({ ...settings, model: odd })).toMatchObject({ code: 'not_found' });
    }
    expect((await ask('/generations', { body: 'x'.repeat(300_000) })).body).toMatchObject({ status: 413, code: 'too_large' });
  });
});

describe('an Idempotency-Key', () => {
  const once = (key: string, body: object = settings) => ask('/generations', { body, headers: { 'idempotency-key': key } });

  test('makes of twenty equal requests at once one run, which all of them get', async () => {
    const before = (await getBalance(db, anna)).availableMillicredits;
    const answers = await Promise.all(Array.from({ length: 20 }, () => once('twenty')));
    expect(new Set(answers.map(({ body }) => body.generations[0].id)).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    await sealed(answers[0]?.body.generations[0].id);
    expect(BigInt(before) - BigInt((await getBalance(db, anna)).availableMillicredits)).toBe(2_000n);
    expect((await once('twenty')).body.generations[0]).toMatchObject({ id: answers[0]?.body.generations[0].id, state: 'captured' });
  });

  test('refuses another request, and is another’s own', async () => {
    await once('mine');
    expect(await once('mine', { ...settings, seed: 8 })).toMatchObject({ status: 409, body: { code: 'idempotency_conflict' } });
    const { secret: key } = await newKey(db, await newPerson(db, 9_000n));
    expect((await ask('/generations', { key, body: { ...settings, seed: 8 }, headers: { 'idempotency-key': 'mine' } })).status).toBe(201);
  });

  test('of a request that could not be paid starts it once it can, also after its price has expired', async () => {
    const ben = await newPerson(db);
    const { secret: key } = await newKey(db, ben);
    const tryIt = () => ask('/generations', { key, body: settings, headers: { 'idempotency-key': 'later' } });
    expect((await tryIt()).status).toBe(402);
    await grantCredits(db, ben, 2_000n);
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
    const first = await tryIt();
    vi.useRealTimers();
    expect(first.status).toBe(201);
    expect((await tryIt()).body.generations[0].id).toBe(first.body.generations[0].id);
  });
});

test('runs are listed newest first, page by page, each once', async () => {
  const ben = await newPerson(db, 50_000n);
  const { secret: key } = await newKey(db, ben);
  for (let i = 0; i < 3; i++) await ask('/generations', { key, body: { ...settings, count: 3 } });
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: Awaited<ReturnType<typeof ask>> = await ask(`/generations?limit=4${cursor && `&cursor=${cursor}`}`, { key });
    seen.push(...body.generations.map(({ id }: { id: string }) => id));
    cursor = body.nextCursor;
  }
  const rows = await db.prisma.generation.findMany({ where: { userId: ben.userId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
  expect(seen).toEqual(rows.map(({ id }) => id));
  expect((await ask('/generations?limit=0', { key })).status).toBe(400);
});

test('a model says what may be set', async () => {
  const { headers, body } = await ask('/models/proof/schema');
  expect(headers.get('content-type')).toBe('application/schema+json');
  expect(parameterSchema.parse(body).properties.width).toMatchObject({ type: 'integer', enum: [2] });
  expect((await ask('/models/proof')).body).toMatchObject({ id: 'proof', version: { kind: 'image', price: { perImageMillicredits: '2000' } } });
  expect((await ask('/models/nothing')).body).toMatchObject({ status: 404, code: 'not_found' });
});
