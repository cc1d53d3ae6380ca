import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionActor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { plain } from '@/lib/uploads/testing/files';
import { createIntaglio, type Intaglio, type Run } from '@/packages/client/index';
import { describedFetch, OPERATION_IDS } from './testing/described';
import { serveGateway } from './testing/gateway';
import { newKey, newPerson, openHouse, WORDS } from './testing/house';

// The client that is generated from the description, and every answer it gets held to the description.
const folder = mkdtempSync(join(tmpdir(), 'intaglio-gateway-'));
const watched = describedFetch();
let db: Database;
let house: Awaited<ReturnType<typeof openHouse>>;
let server: Awaited<ReturnType<typeof serveGateway>>;
let anna: SessionActor;
let client: Intaglio;

beforeAll(async () => {
  server = await serveGateway();
  Object.assign(process.env, { PUBLIC_URL: server.origin, STORAGE_DIR: folder });
  house = await openHouse();
  db = house.db;
  anna = await newPerson(db, 100_000n);
  client = createIntaglio({ baseUrl: `${server.origin}/`, key: (await newKey(db, anna)).secret, fetch: watched.fetch });
});
afterAll(async () => {
  await server.close();
  await house.close();
  rmSync(folder, { recursive: true });
});

async function follow(id: string): Promise<Run[]> {
  const told: Run[] = [];
  for await (const run of client.follow(id)) told.push(run);
  return told;
}
async function make(model: string): Promise<string> {
  const { data } = await client.api.POST('/generations', { body: { model, prompt: 'a quiet proof' } });
  const id = data?.generations[0]?.id ?? '';
  expect((await follow(id)).at(-1)).toMatchObject({ id, state: 'captured', sealed: true });
  return id;
}

describe('the client', () => {
  test('prices, starts, follows and reads a work', async () => {
    const { data: quote } = await client.api.POST('/quotes', { body: { model: 'proof', prompt: 'a quiet proof', seed: 7 } });
    expect(quote).toMatchObject({ totalMillicredits: '2000', seeds: ['7'] });
    const headers = { 'idempotency-key': 'once' };
    const { data: started } = await client.api.POST('/generations', { params: { header: headers }, body: { quote: quote?.quote ?? '' } });
    const id = started?.generations[0]?.id ?? '';
    expect((await follow(id)).at(-1)).toMatchObject({ state: 'captured', sealed: true });
    const path = { id };
    expect((await client.api.GET('/generations/{id}', { params: { path } })).data?.links.work).toBe(`/api/v1/works/${id}`);
    expect((await client.api.GET('/generations', { params: { query: { limit: 1 } } })).data?.generations).toHaveLength(1);
    const { data: work } = await client.api.GET('/works/{id}', { params: { path } });
    const { data: file } = await client.api.GET('/works/{id}/file', { params: { path }, parseAs: 'blob' });
    expect(file).toMatchObject({ size: work?.file?.bytes });
    const { data: receipt } = await client.api.GET('/works/{id}/receipt', { params: { path } });
    expect(receipt?.digest).toBe(work?.digests.receipt);
    const body = new FormData();
    body.append('file', file as unknown as Blob);
    expect((await client.api.POST('/verify', { body, bodySerializer: (form) => form })).data).toMatchObject({ api: 1, asked: 'file' });
    expect((await client.api.GET('/verify', { params: { query: { receipt: receipt?.digest } } })).data).toMatchObject({ asked: 'receiptDigest' });
  });

  test('reads texts, models and their schemas', async () => {
    const id = await make('lines');
    expect((await client.api.GET('/works/{id}', { params: { path: { id } } })).data?.body).toEqual({ kind: 'text', text: WORDS });
    expect((await client.api.GET('/works/{id}/text', { params: { path: { id } }, parseAs: 'text' })).data).toBe(WORDS);
    expect((await client.api.GET('/me')).data).toMatchObject({ address: anna.address, door: 'key', scopes: ['read', 'run'] });
    expect((await client.api.GET('/models')).data?.data.map((model) => model.id)).toContain('lines');
    const path = { slug: 'proof' };
    expect((await client.api.GET('/models/{slug}', { params: { path } })).data?.version.parameterSchema.properties).toHaveProperty('width');
    expect((await client.api.GET('/models/{slug}/schema', { params: { path } })).data).toMatchObject({ title: expect.any(String) });
  });

  test('sends a picture, and reads it back', async () => {
    const { content } = await client.upload(new Blob([new Uint8Array(await plain(5))]));
    const { data } = await client.api.GET('/uploads/{content}', { params: { path: { content } }, parseAs: 'blob' });
    expect(data).toMatchObject({ type: 'image/png' });
    await expect(client.upload(new Blob(['no picture']))).rejects.toMatchObject({ code: 'upload_unread', status: 415 });
  });

  test('makes pictures and texts in OpenAI’s forms', async () => {
    const { data: images } = await client.api.POST('/images/generations', { body: { model: 'proof', prompt: 'x' } });
    const link = new URL(images?.data[0]?.url ?? '').pathname.split('/').at(-1) ?? '';
    expect((await client.api.GET('/files/{link}', { params: { path: { link } }, parseAs: 'blob' })).response.status).toBe(200);
    const { data: chat } = await client.api.POST('/chat/completions', { body: { model: 'lines', messages: [{ role: 'user', content: 'x' }] } });
    expect(chat).toMatchObject({ choices: [{ message: { content: WORDS } }] });
  });

  test('is told what is wrong, with a code', async () => {
    const { error, response } = await client.api.POST('/generations', { body: { model: 'nothing-here', prompt: 'x' } });
    expect([response.status, error?.code]).toEqual([404, 'not_found']);
    const path = { id: '00000000-0000-4000-8000-000000000000' };
    expect((await client.api.DELETE('/generations/{id}', { params: { path } })).error?.code).toBe('not_found');
    await expect(follow(path.id)).rejects.toMatchObject({ name: 'IntaglioError', code: 'not_found', status: 404 });
    const other = createIntaglio({ baseUrl: server.origin, fetch: watched.fetch });
    expect((await other.api.GET('/generations')).error?.code).toBe('no_credentials');
  });
});

test('every operation was answered, and every answer as the description says', () => {
  expect(watched.problems).toEqual([]);
  expect(OPERATION_IDS.filter((id) => !watched.seen.has(id))).toEqual(['cancelGeneration', 'payForRun']);
});
