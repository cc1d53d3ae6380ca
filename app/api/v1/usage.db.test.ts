import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SessionActor } from '@/lib/actor';
import { type Database, openDatabase } from '@/lib/db';
import { getModelUsage, getUsage, listModelUsageLines, listUsageLines } from '@/lib/gateway/usage/get-usage';
import { querySoon } from '@/lib/gateway/usage/query-soon';
import { usageCsv } from '@/lib/gateway/usage/usage-csv';
import { readUsageSpan } from '@/lib/gateway/usage/usage-span';
import { usageErrorsSql, usageLinesSql, usageSql } from '@/lib/gateway/usage/usage-sql';
import { serveGateway } from './testing/gateway';
import { newKey, newPerson, openHouse } from './testing/house';

const folder = mkdtempSync(join(tmpdir(), 'intaglio-gateway-'));
let db: Database;
let house: Awaited<ReturnType<typeof openHouse>>;
let server: Awaited<ReturnType<typeof serveGateway>>;
let anna: SessionActor;
let creator: SessionActor;

const send = (secret: string, path: string, body?: object) =>
  fetch(`${server.origin}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    body: body && JSON.stringify(body),
    headers: { authorization: `Bearer ${secret}`, 'idempotency-key': JSON.stringify(body ?? '').replace(/[^!-~]/g, '') || 'none' },
  });
const span = () => readUsageSpan('1');

beforeAll(async () => {
  server = await serveGateway();
  Object.assign(process.env, { PUBLIC_URL: server.origin, STORAGE_DIR: folder });
  house = await openHouse();
  db = house.db;
  anna = await newPerson(db, 200_000n);
  const owner = await db.prisma.user.findFirstOrThrow({ where: { models: { some: { slug: 'proof' } } } });
  creator = { userId: owner.id, address: owner.address as SessionActor['address'], sessionId: 'none' };
  const [first, second] = [await newKey(db, anna, { name: 'First' }), await newKey(db, anna, { name: 'Second', scopes: ['run', 'read'] })];
  const twice = { model: 'proof', prompt: 'twice', count: 2 };
  expect((await send(first.secret, '/generations', twice)).status).toBe(201);
  // Sent again it starts nothing, and its runs are counted once.
  expect((await send(first.secret, '/generations', twice)).status).toBe(200);
  expect((await send(second.secret, '/generations', { model: 'broken', prompt: 'x' })).status).toBe(201);
  expect((await send(second.secret, '/generations', { model: 'nothing', prompt: 'x' })).status).toBe(404);
  await vi.waitFor(async () => expect(await db.prisma.generation.count({ where: { state: { in: ['held', 'running'] } } })).toBe(0), {
    ...{ timeout: 20_000, interval: 200 },
  });
  await vi.waitFor(async () => expect(await db.prisma.apiCall.count()).toBe(4), { timeout: 5_000 });
});
afterAll(async () => {
  await server.close();
  await house.close();
  rmSync(folder, { recursive: true });
});

test('a person sees what each key, model and door called, ran and paid', async () => {
  const usage = await getUsage(db, anna, span());
  expect(usage.total).toMatchObject({ calls: 4, errors: 1, runs: 3, delivered: 2, millicredits: '4000' });
  expect(usage.total.p50Ms).toBeGreaterThan(0);
  expect(usage.total.p95Ms).toBeGreaterThanOrEqual(usage.total.p50Ms ?? 0);
  expect(usage.byKey.map(({ name, calls, runs }) => [name.slice(0, 6).trim(), calls, runs])).toEqual([
    ['First', 2, 2],
    ['Second', 2, 1],
  ]);
  expect(usage.byModel.map(({ id, delivered, errors }) => [id, delivered, errors])).toEqual([
    ['proof', 2, 0],
    ['broken', 0, 0],
  ]);
  expect(usage.byDoor).toMatchObject([{ id: 'key', name: 'API key', runs: 3 }]);
  expect(usage.errors).toEqual([{ code: 'not_found', calls: 1 }]);
  expect(usage.buckets).toHaveLength(24);
  expect(usage.buckets.reduce((sum, { runs }) => sum + runs, 0)).toBe(3);
});

test('nobody sees another’s', async () => {
  const stranger = await newPerson(db);
  expect((await getUsage(db, stranger, span())).total).toMatchObject({ calls: 0, runs: 0 });
  expect(await listUsageLines(db, stranger, span())).toEqual([]);
  await expect(getModelUsage(db, stranger, 'proof', span())).rejects.toMatchObject({ code: 'not_found' });
  await expect(listModelUsageLines(db, stranger, 'proof', span())).rejects.toMatchObject({ code: 'not_found' });
});

test('a creator sees what was done with a model, and not by which keys', async () => {
  const usage = await getModelUsage(db, creator, 'proof', span());
  expect(usage).toMatchObject({ total: { calls: 2, runs: 2, delivered: 2, millicredits: '4000' }, byKey: [], byDoor: [{ id: 'key', runs: 2 }] });
  const csv = usageCsv(await listModelUsageLines(db, creator, 'proof', span()));
  expect(csv).not.toContain('First');
  expect(csv).toContain(',,proof,key,2,0,');
});

test('the file has a line for each hour, key, model and door', async () => {
  const csv = usageCsv(await listUsageLines(db, anna, span()))
    .trim()
    .split('\r\n');
  expect(csv[0]).toBe('from,key,model,door,calls,errors,p50_ms,p95_ms,runs,delivered,credits');
  expect(csv.filter((line) => /First \(igl_.*\),proof,key,2,0,\d+,\d+,2,2,4$/.test(line))).toHaveLength(1);
});

test('what takes too long to count is said to, and nobody counts much at once', async () => {
  await expect(querySoon(db, anna.userId, 'SELECT pg_sleep(60)', [])).rejects.toMatchObject({ code: 'too_large' });
  const many = await Promise.allSettled(Array.from({ length: 6 }, () => querySoon(db, anna.userId, 'SELECT pg_sleep(0.2)', [])));
  expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  expect((await getUsage(db, anna, span())).total.calls).toBe(4);
});

test('each question is a range of the sums’ own index, whatever others have', async () => {
  const others = `FROM generate_series(1, 20000) n`;
  await db.pool.query(
    `INSERT INTO usage_calls SELECT 'holder', n % 500, 'hour', now() - n * interval '1 minute', NULL, 'x', 'key', NULL, n % 30, 1 ${others}`,
  );
  await db.pool.query(
    `INSERT INTO usage_runs SELECT 'holder', n % 500, 'hour', now() - n * interval '1 minute', NULL, 'x', 'key', 1, 1, 1 ${others}`,
  );
  const owner = openDatabase(process.env.DATABASE_OWNER_URL ?? '');
  await owner.pool.query('ANALYZE usage_calls, usage_runs');
  await owner.close();
  const planOf = async (sql: string, who: string) => {
    const client = await db.pool.connect();
    try {
      await client.query('BEGIN');
      const { rows } = await client.query(`EXPLAIN ${sql}`, [who, span().from, span().to, 'hour']);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };
  for (const [side, who] of [
    ['holder', anna.userId],
    ['creator', 'proof'],
  ] as const) {
    for (const sql of [usageSql(side), usageLinesSql(side)]) expect(await planOf(sql, who)).toMatch(/usage_calls_key[\s\S]*usage_runs_key/);
    expect(await planOf(usageErrorsSql(side), who)).toContain('usage_calls_key');
  }
});
