import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SessionActor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { shareWork } from '@/lib/works/share-work';
import { serveGateway } from './testing/gateway';
import { newKey, newPerson, openHouse } from './testing/house';

const folder = mkdtempSync(join(tmpdir(), 'intaglio-gateway-'));
let db: Database;
let house: Awaited<ReturnType<typeof openHouse>>;
let server: Awaited<ReturnType<typeof serveGateway>>;
let anna: SessionActor;
/** For all models; for the model of texts alone. */
let [whole, bound] = ['', ''];
/** A picture and a text of hers. */
let [picture, words] = ['', ''];

async function ask(key: string, path: string, body?: object, method = body ? 'POST' : 'GET') {
  const init = { method, body: body && JSON.stringify(body), headers: { authorization: `Bearer ${key}` } };
  const answer = await fetch(`${server.origin}/api/v1${path}`, init);
  const text = await answer.text();
  return { status: answer.status, body: answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text };
}
async function make(settings: object): Promise<string> {
  const { body } = await ask(whole, '/generations', settings);
  const { id } = body.generations[0];
  await vi.waitFor(async () => expect((await ask(whole, `/generations/${id}`)).body.sealed).toBe(true), { timeout: 10_000, interval: 100 });
  return id;
}
const tool = async (key: string, name: string, args: object) =>
  (
    await (
      await fetch(`${server.origin}/api/v1/mcp`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }),
      })
    ).json()
  ).result;

beforeAll(async () => {
  server = await serveGateway();
  Object.assign(process.env, { PUBLIC_URL: server.origin, STORAGE_DIR: folder });
  house = await openHouse();
  db = house.db;
  anna = await newPerson(db, 200_000n);
  whole = (await newKey(db, anna)).secret;
  bound = (await newKey(db, anna, { models: ['lines'] })).secret;
  picture = await make({ model: 'proof', prompt: 'a quiet proof' });
  words = await make({ model: 'lines', prompt: 'a line' });
});
afterAll(async () => {
  await server.close();
  await house.close();
  rmSync(folder, { recursive: true });
});

test('a key for one model sees the runs and works of that model, and of no other of its owner’s', async () => {
  const listed = async (key: string) => (await ask(key, '/generations')).body.generations.map(({ id }: { id: string }) => id);
  expect([await listed(bound), await listed(whole)]).toEqual([[words], [words, picture]]);
  for (const path of ['/generations/ID', '/generations/ID/events', '/works/ID', '/works/ID/file', '/works/ID/receipt']) {
    expect((await ask(bound, path.replace('ID', words))).status, path).toBe(200);
    expect(await ask(bound, path.replace('ID', picture)), path).toMatchObject({ status: 404, body: { code: 'not_found' } });
  }
  expect((await ask(bound, `/works/${words}/text`)).status).toBe(200);
  for (const [name, args] of [['get_generation', { id: picture }] as const, ['verify', { workId: picture }] as const]) {
    expect(await tool(bound, name, args), name).toMatchObject({ isError: true, structuredContent: { code: 'not_found' } });
    expect((await tool(whole, name, args)).isError, name).toBeFalsy();
  }
});

test('it cancels none of the others', async () => {
  const { body } = await ask(whole, '/generations', { model: 'proof', prompt: 'one that goes on', count: 3 });
  for (const { id } of body.generations) expect((await ask(bound, `/generations/${id}`, undefined, 'DELETE')).status).toBe(404);
  const { rows } = await db.pool.query(`SELECT 1 FROM generation WHERE quote_id = $1 AND (state = 'cancelled' OR cancel_requested_at IS NOT NULL)`, [
    body.quoteId,
  ]);
  expect(rows).toEqual([]);
});

test('it starts from none of the others, and a work of its own does not lead to them', async () => {
  expect(await ask(bound, '/quotes', { model: 'lines', prompt: 'x', parentWorkId: picture })).toMatchObject({
    status: 404,
    body: { code: 'not_found' },
  });
  await db.pool.query('UPDATE generation SET parent_work_id = $1 WHERE id = $2', [picture, words]);
  expect((await ask(whole, `/works/${words}`)).body.parentWork).toMatchObject({ id: picture });
  expect((await ask(bound, `/works/${words}`)).body.parentWork).toBeNull();
});

test('what everybody may see it may see, too: as everybody does', async () => {
  await shareWork(db, anna, { id: picture, shared: true });
  expect(await ask(bound, `/works/${picture}`)).toMatchObject({ status: 200, body: { isOwner: false, file: null } });
  expect((await ask(whole, `/works/${picture}`)).body).toMatchObject({ isOwner: true });
  expect((await ask(bound, `/works/${picture}/file`)).status).toBe(404);
});
