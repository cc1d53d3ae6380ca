import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SessionActor } from '@/lib/actor';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { placeToLook } from '@/lib/gateway/runs/place-to-look';
import { localAdapter } from '@/lib/inference/local-adapter';
import { pixelsOf, seedTestModel } from '@/prisma/seed/test-model';
import { serveGateway } from './testing/gateway';
import { newKey, newPerson, openHouse, WORDS } from './testing/house';

// The official client of the protocol, over HTTP.
const folder = mkdtempSync(join(tmpdir(), 'intaglio-gateway-'));
let db: Database;
let house: Awaited<ReturnType<typeof openHouse>>;
let server: Awaited<ReturnType<typeof serveGateway>>;
let anna: SessionActor;
let agent: Client;
let nobody: Client;
/** The model `gated` waits until it is opened. */
let open: () => void;
const gate = new Promise<void>((resolve) => {
  open = resolve;
});

async function connect(secret: string | null): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const headers: Record<string, string> = secret ? { authorization: `Bearer ${secret}` } : {};
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.origin}/api/v1/mcp`), { requestInit: { headers } }));
  return client;
}
// biome-ignore lint/suspicious/noExplicitAny: what a tool answers is the test's to look at
type Answer = { isError?: boolean; structuredContent: any };
const use = async (client: Client, name: string, given: Record<string, unknown> = {}) =>
  (await client.callTool({ name, arguments: given })) as unknown as Answer;
const settings = { model: 'proof', prompt: 'a quiet proof', seed: 7 };

beforeAll(async () => {
  server = await serveGateway();
  Object.assign(process.env, { PUBLIC_URL: server.origin, STORAGE_DIR: folder });
  const gated = localAdapter(async ({ seed }) => {
    await gate;
    return { output: pixelsOf(seed), seedReported: seed };
  });
  house = await openHouse({ gated });
  db = house.db;
  await seedTestModel(db, await newPerson(db), { slug: 'gated', provider: 'gated', manifest: { name: 'Gated' } });
  anna = await newPerson(db, 100_000n);
  agent = await connect((await newKey(db, anna)).secret);
  nobody = await connect(null);
});
afterAll(async () => {
  await Promise.all([agent.close(), nobody.close()]);
  expect(await auditBooks(db)).toEqual([]);
  await server.close();
  await house.close();
  rmSync(folder, { recursive: true });
});

describe('an agent', () => {
  test('is answered with what no cache between may keep', async () => {
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const answer = await fetch(`${server.origin}/api/v1/mcp`, { method: 'POST', body: JSON.stringify(message), headers });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  });

  test('for whom there is no place to wait in starts nothing, and may start without waiting', async () => {
    const ben = await newPerson(db, 100_000n);
    const client = await connect((await newKey(db, ben)).secret);
    const places = Array.from({ length: 50 }, () => placeToLook('waits', ben.userId));
    expect(await use(client, 'run', settings)).toMatchObject({ isError: true, structuredContent: { code: 'rate_limited' } });
    expect(await db.prisma.generation.count({ where: { userId: ben.userId } })).toBe(0);
    expect(await use(client, 'run', { ...settings, waitSeconds: 0 })).toMatchObject({ structuredContent: { generations: [{ model: 'proof' }] } });
    for (const leave of places) leave();
    await client.close();
  });

  test('cannot make everybody’s rows of a second be lost by a name that Postgres does not take', async () => {
    const calls = () => db.prisma.apiCall.count({ where: { userId: anna.userId, modelSlug: 'proof' } });
    const before = await calls();
    expect((await use(agent, 'get_model', { model: '\u0000' })).isError).toBe(true);
    expect((await use(agent, 'get_model', { model: '\ud800' })).isError).toBe(true);
    await use(agent, 'get_model', { model: 'proof' });
    await vi.waitFor(async () => expect(await calls()).toBe(before + 1), { timeout: 5_000 });
  });

  test('learns what it can do, and finds models without a key', async () => {
    const { tools } = await nobody.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['find_models', 'get_model', 'quote', 'run', 'get_generation', 'verify']);
    for (const { inputSchema } of tools) expect(inputSchema.type).toBe('object');
    expect(tools.find(({ name }) => name === 'quote')?.inputSchema.required).toEqual(['prompt', 'model']);
    expect((await use(nobody, 'find_models', { kind: 'text' })).structuredContent.models).toMatchObject([{ id: 'lines' }]);
    expect((await use(nobody, 'find_models', { query: 'LINES' })).structuredContent.models).toHaveLength(1);
    expect((await use(nobody, 'get_model', { model: 'proof' })).structuredContent).toMatchObject({ id: 'proof', version: { kind: 'image' } });
  });

  test('prices, runs, and checks what it got', async () => {
    const { structuredContent: quote } = await use(agent, 'quote', settings);
    expect(quote).toMatchObject({ totalMillicredits: '2000', seeds: ['7'] });
    const before = BigInt((await getBalance(db, anna)).availableMillicredits);
    const { structuredContent: made } = await use(agent, 'run', { quote: quote.quote });
    expect(made).toMatchObject({ quoteId: quote.quoteId, done: true, generations: [{ state: 'captured', sealed: true }] });
    expect(before - BigInt((await getBalance(db, anna)).availableMillicredits)).toBe(2_000n);
    const [{ id }] = made.generations;
    expect((await use(agent, 'get_generation', { id })).structuredContent).toMatchObject({ id, state: 'captured' });
    expect((await use(agent, 'verify', { workId: id })).structuredContent).toMatchObject({ api: 1, asked: 'receipt' });
    expect((await use(nobody, 'verify', { workId: id })).structuredContent).toMatchObject({ code: 'not_found' });
  });

  test('gets a text, and may ask what it is', async () => {
    const { structuredContent: made } = await use(agent, 'run', { model: 'lines', prompt: 'x' });
    expect(made.generations).toMatchObject([{ text: WORDS }]);
    expect((await use(nobody, 'verify', { text: WORDS })).structuredContent).toMatchObject({ asked: 'file' });
  });

  test('that does not wait gets the run to ask for, and with one idempotencyKey one run', async () => {
    const once = { ...settings, model: 'gated', waitSeconds: 0, idempotencyKey: 'once' };
    const [first, second] = [await use(agent, 'run', once), await use(agent, 'run', once)];
    expect(first.structuredContent).toMatchObject({ done: false, generations: [{ state: expect.stringMatching(/held|running/) }] });
    expect(second.structuredContent.generations[0].id).toBe(first.structuredContent.generations[0].id);
    expect((await use(agent, 'run', { ...once, prompt: 'another' })).structuredContent).toMatchObject({ code: 'idempotency_conflict' });
    open();
  });
});

describe('is refused as a tool’s error, with the code that its route has,', () => {
  test('without a key, or without the scope', async () => {
    expect(await use(nobody, 'run', settings)).toMatchObject({ isError: true, structuredContent: { code: 'no_credentials', status: 401 } });
    const reader = await connect((await newKey(db, anna, { scopes: ['read'] })).secret);
    for (const tool of ['quote', 'run'])
      expect(await use(reader, tool, settings)).toMatchObject({ isError: true, structuredContent: { code: 'scope_missing' } });
    await reader.close();
    const runner = await connect((await newKey(db, anna, { scopes: ['run'] })).secret);
    const id = '00000000-0000-4000-8000-000000000000';
    expect(await use(runner, 'get_generation', { id })).toMatchObject({ isError: true, structuredContent: { code: 'scope_missing' } });
    await runner.close();
  });

  test('for a cap, for what is not valid, and for a run that failed', async () => {
    const capped = await connect((await newKey(db, anna, { capTotal: '1000' })).secret);
    expect(await use(capped, 'run', settings)).toMatchObject({ isError: true, structuredContent: { code: 'cap_reached' } });
    await capped.close();
    expect(await use(agent, 'quote', { model: 'proof' })).toMatchObject({ isError: true, structuredContent: { code: 'invalid_input' } });
    expect(await use(agent, 'verify', {})).toMatchObject({ isError: true, structuredContent: { code: 'invalid_input' } });
    expect(await use(agent, 'run', { model: 'broken', prompt: 'x' })).toMatchObject({
      isError: true,
      structuredContent: { code: 'endpoint_failed' },
    });
    const refused = { userId: anna.userId, code: 'cap_reached', status: 403, route: 'POST /api/v1/mcp' };
    await vi.waitFor(async () => expect(await db.prisma.apiCall.count({ where: refused })).toBe(1), { timeout: 5_000 });
  });

  test('and a key that is none does not get in at all; nor do two messages in one call', async () => {
    await expect(connect('igl_nothing')).rejects.toThrow();
    const batch = await fetch(`${server.origin}/api/v1/mcp`, {
      ...{ method: 'POST', body: '[{"jsonrpc":"2.0","id":1,"method":"ping"}]' },
      headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    });
    expect([batch.status, (await batch.json()).code]).toEqual([400, 'invalid_input']);
    expect((await fetch(`${server.origin}/api/v1/mcp`)).status).toBe(405);
  });
});
