import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Actor, SessionActor } from '@/lib/actor';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { database, openDatabase } from '@/lib/db';
import { listKeys } from '@/lib/gateway/keys/list-keys';
import { revokeKey } from '@/lib/gateway/keys/revoke-key';
import { isWellFormed, newSecret } from '@/lib/gateway/keys/secret';
import { writeCalls } from '@/lib/gateway/usage/record-call';
import { cancelGeneration } from '@/lib/generations/cancel-generation';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { startGenerations } from '@/lib/generations/start-generations';
import { seedTestModel } from '@/prisma/seed/test-model';
import { serveGateway } from './testing/gateway';
import { newKey, newPerson } from './testing/house';

const db = database();
let server: Awaited<ReturnType<typeof serveGateway>>;
let version: Hex;
let anna: SessionActor;
const ask = (secret: string, path = '/generations', init?: RequestInit) =>
  fetch(`${server.origin}/api/v1${path}`, { ...init, headers: { ...init?.headers, authorization: `Bearer ${secret}` } });
const codeOf = async (answer: Response) => [answer.status, (await answer.json()).code];

/** Every row of every table, as a dump has it. */
async function dumpAll(): Promise<string> {
  const owner = openDatabase(process.env.DATABASE_OWNER_URL ?? '');
  const { rows: tables } = await owner.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const parts = await Promise.all(
    tables.map(({ name }) => owner.pool.query<{ all: string }>(`SELECT string_agg(t::text, ' ') AS all FROM ${name} t`)),
  );
  await owner.close();
  return parts.map(({ rows }) => rows[0]?.all ?? '').join('\n');
}

beforeAll(async () => {
  server = await serveGateway();
  version = (await seedTestModel(db, await newPerson(db))).digest;
  await seedTestModel(db, await newPerson(db), { slug: 'other', manifest: { name: 'Other' } });
  anna = await newPerson(db, 1_000_000n);
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await server.close();
});

describe('a key', () => {
  test('opens the gateway for its owner, by its scopes', async () => {
    const { secret } = await newKey(db, anna, { scopes: ['read'] });
    expect((await ask(secret)).status).toBe(200);
    expect(await codeOf(await ask(secret, '/quotes', { method: 'POST', body: '{}' }))).toEqual([403, 'scope_missing']);
    expect((await ask('', '/models')).status).toBe(401);
    expect((await fetch(`${server.origin}/api/v1/models`)).status).toBe(200);
    expect(await codeOf(await fetch(`${server.origin}/api/v1/generations`))).toEqual([401, 'no_credentials']);
  });

  test('that is for one model is given no runs of another that were started before, by their quote or their Idempotency-Key', async () => {
    const [all, one] = [await newKey(db, anna), await newKey(db, anna, { models: ['other'] })];
    const send = (secret: string, body: object) =>
      ask(secret, '/generations', { method: 'POST', body: JSON.stringify(body), headers: { 'idempotency-key': 'for-all' } });
    const { token } = await quote(db, anna, { version, prompt: 'x', params: {}, seed: null, count: 1 });
    for (const body of [{ model: version, prompt: 'x' }, { quote: token }]) {
      expect((await send(all.secret, body)).status).toBe(201);
      expect(await codeOf(await send(one.secret, body))).toEqual([403, 'model_not_allowed']);
    }
  });

  test('stands in no dump of the database', async () => {
    const { secret } = await newKey(db, anna);
    await ask(secret);
    const dump = await dumpAll();
    expect(dump).toContain(secret.slice(0, 8));
    for (const part of [secret, secret.slice(4), secret.slice(8, -6)]) expect(dump).not.toContain(part);
  });

  test('is dead within a second of being revoked, and no other is', async () => {
    const [one, other] = [await newKey(db, anna), await newKey(db, anna)];
    const token = (await quote(db, anna, { version, prompt: 'x', params: {}, seed: null, count: 1 })).token;
    expect((await ask(one.secret)).status).toBe(200);
    await revokeKey(db, anna, { id: one.id });
    expect(await codeOf(await ask(one.secret))).toEqual([401, 'key_revoked']);
    expect((await ask(other.secret)).status).toBe(200);
    // A start that was let in just before is refused where it holds credits.
    await expect(startGenerations(db, { ...anna, apiKeyId: one.id }, { token })).rejects.toMatchObject({ code: 'key_revoked' });
    await expect(revokeKey(db, await newPerson(db), { id: other.id })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('that is revoked ends what was told with it over a long time, too', async () => {
    const [one, other] = [await newKey(db, anna), await newKey(db, anna)];
    const started = await (await ask(one.secret, '/generations', { method: 'POST', body: JSON.stringify({ model: 'proof', prompt: 'x' }) })).json();
    const [run] = started.generations;
    const follow = async (secret: string) => (await ask(secret, `/generations/${run.id}/events`)).body?.getReader();
    const [mine, theirs] = [await follow(one.secret), await follow(other.secret)];
    expect(Buffer.from((await mine?.read())?.value ?? []).toString()).toContain(run.id);
    await revokeKey(db, anna, { id: one.id });
    const before = performance.now();
    while (!(await mine?.read())?.done);
    expect(performance.now() - before).toBeLessThan(1_000);
    await theirs?.read();
    await cancelGeneration(db, anna, { id: run.id });
    expect(Buffer.from((await theirs?.read())?.value ?? []).toString()).toMatch(/still here|cancelled/);
    await theirs?.cancel();
  });

  test('that is over uses up nothing of its owner, and whoever goes on with it meets the limit of their address', async () => {
    const owner = await newPerson(db);
    const over = await newKey(db, owner);
    await revokeKey(db, owner, { id: over.id });
    const from = '198.51.100.7';
    const knock = () =>
      fetch(`${server.origin}/api/v1/generations`, { headers: { authorization: `Bearer ${over.secret}`, 'x-forwarded-for': from } });
    expect((await knock()).status).toBe(401);
    const { rows } = await db.pool.query('SELECT key FROM rate_limit WHERE key = ANY ($1)', [
      [`gateway:wallet:${owner.userId}`, `gateway:key:${over.id}`],
    ]);
    expect(rows).toEqual([]);
    await db.pool.query('UPDATE rate_limit SET points = 1200 WHERE key = $1', [`gateway:address:${from}`]);
    expect(await codeOf(await knock())).toEqual([429, 'rate_limited']);
  });

  test('is made for models that are there for everybody, or one’s own: a draft of somebody else is not told', async () => {
    const creator = await newPerson(db);
    const { digest } = await seedTestModel(db, creator, { slug: 'secret-draft', manifest: { name: 'Secret draft' } });
    await db.prisma.model.updateMany({ where: { versions: { some: { digest } } }, data: { status: 'draft' } });
    await expect(newKey(db, anna, { models: ['secret-draft'] })).rejects.toMatchObject({ code: 'invalid_input' });
    await newKey(db, creator, { models: ['secret-draft'] });
  });

  test('calls from an address, which is kept as a hash; where no address is known none is kept', async () => {
    const person = await newPerson(db);
    const { secret } = await newKey(db, person);
    const askFrom = (address: string) =>
      fetch(`${server.origin}/api/v1/generations`, { headers: { authorization: `Bearer ${secret}`, 'x-forwarded-for': address } });
    const kept = () => db.prisma.protectionOrigin.findMany({ where: { userId: person.userId } });
    await ask(secret);
    await writeCalls();
    expect(await kept()).toEqual([]);
    await askFrom('198.51.100.9');
    await askFrom('198.51.100.9');
    await writeCalls();
    const origins = await kept();
    expect(origins).toHaveLength(1);
    expect(JSON.stringify(origins)).not.toContain('198.51');
  });

  test('that has expired opens nothing', async () => {
    const { secret } = await newKey(db, anna, { expiresAt: new Date(Date.now() + 700).toISOString() });
    expect((await ask(secret)).status).toBe(200);
    await vi.waitFor(async () => expect(await codeOf(await ask(secret))).toEqual([401, 'key_expired']), 3_000);
  });

  test('with a wrong checksum costs no query, and one that nobody has costs one', async () => {
    const { secret } = await newKey(db, anna);
    await writeCalls();
    const queries = vi.spyOn(db.pool, 'query');
    const last = secret.at(-1) === 'A' ? 'B' : 'A';
    for (const wrong of [secret.slice(0, -1) + last, secret.slice(0, -1), `${secret}x`, 'igl_', 'sk-proj-abc', ''])
      expect(await codeOf(await ask(wrong))).toEqual([401, 'key_invalid']);
    expect(queries).not.toHaveBeenCalled();
    const nobodys = newSecret();
    expect([isWellFormed(nobodys), await codeOf(await ask(nobodys))]).toEqual([true, [401, 'key_invalid']]);
    expect(queries).toHaveBeenCalledTimes(1);
    queries.mockClear();
    // All of a call: the door is one of them.
    await ask(secret, `/generations/${anna.userId}`);
    expect(queries.mock.calls.map(([query]) => (query as unknown as { name: string }).name)).toEqual(['gateway_open_keys', 'list_generations_id']);
    queries.mockRestore();
  });

  test('is one of fifty at most, also of those that are made at once', async () => {
    const ben = await newPerson(db);
    const made = await Promise.allSettled(Array.from({ length: 60 }, () => newKey(db, ben)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    expect(made.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'too_many_keys' } });
    await expect(newKey(db, anna, { models: ['proof', 'nothing'] })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('cannot be changed into another, nor come back, whoever writes to the table', async () => {
    const { id } = await newKey(db, anna, { capDay: '1000' });
    await revokeKey(db, anna, { id });
    for (const change of ['cap_day = NULL', `scopes = '{read}'`, 'revoked_at = NULL', `digest = repeat('0', 64)`])
      await expect(db.pool.query(`UPDATE api_key SET ${change} WHERE id = $1`, [id])).rejects.toMatchObject({ code: 'GK901' });
  });
});

describe('caps', () => {
  const tokenOf = async (actor: Actor, count = 1, of = version) =>
    (await quote(db, actor, { version: of, prompt: 'x', params: {}, seed: null, count })).token;
  async function start(actor: Actor, apiKeyId: string, count = 1): Promise<string[]> {
    const { quoteId } = await startGenerations(db, { ...actor, apiKeyId }, { token: await tokenOf(actor, count) });
    return (await listGenerations(db, actor, { quoteId })).map(({ id }) => id);
  }
  const capped = (cap: string) => ({ code: 'cap_reached', details: { cap } });

  test.each(['capTotal', 'capDay', 'capMonth'] as const)('of three runs lets three of twenty at once through (%s)', async (cap) => {
    const actor = await newPerson(db, 100_000n);
    const { id } = await newKey(db, actor, { [cap]: '6999' });
    const tokens = await Promise.all(Array.from({ length: 20 }, () => tokenOf(actor)));
    const results = await Promise.allSettled(tokens.map((token) => startGenerations(db, { ...actor, apiKeyId: id }, { token })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(reasons).toEqual(Array(17).fill(expect.objectContaining(capped(cap.slice(3).toLowerCase()))));
    expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '94000', heldMillicredits: '6000' });
    expect(await listKeys(db, actor)).toMatchObject([{ id, spent: { total: '6000', month: '6000', day: '6000' } }]);
  });

  test('let variations through all together or not at all', async () => {
    const { id } = await newKey(db, anna, { capTotal: '6000' });
    await expect(start(anna, id, 4)).rejects.toMatchObject(capped('total'));
    expect(await start(anna, id, 3)).toHaveLength(3);
  });

  test('count a quote that is sent again once', async () => {
    const { id } = await newKey(db, anna, { capTotal: '2000' });
    const token = await tokenOf(anna);
    for (let i = 0; i < 3; i++) await startGenerations(db, { ...anna, apiKeyId: id }, { token });
    expect((await listKeys(db, anna)).find((key) => key.id === id)?.spent.total).toBe('2000');
  });

  test('come back when a run ends unpaid: cancelled, failed, or out of time', async () => {
    const actor = await newPerson(db, 100_000n);
    const { id } = await newKey(db, actor, { capTotal: '6000', capDay: '6000', capMonth: '6000' });
    const [a = '', b = '', c = ''] = await start(actor, id, 3);
    await expect(start(actor, id)).rejects.toMatchObject(capped('total'));
    await cancelGeneration(db, actor, { id: a });
    await db.pool.query(`SELECT generation_end($1, NULL, '{held}', 'failed', 'endpoint_failed')`, [b]);
    await db.pool.query(`UPDATE generation SET deadline_at = now() - interval '1 second' WHERE id = $1`, [c]);
    await db.pool.query('SELECT generation_sweep()');
    expect(await listKeys(db, actor)).toMatchObject([{ spent: { total: '0', month: '0', day: '0' } }]);
    expect(await start(actor, id, 3)).toHaveLength(3);
    await expect(start(actor, id)).rejects.toMatchObject(capped('total'));
    expect(await listKeys(db, actor)).toMatchObject([{ spent: { total: '6000', month: '6000', day: '6000' } }]);
  });

  test('of a day and of a month begin anew with the next one, and what comes back from the last is not in this one', async () => {
    const actor = await newPerson(db, 100_000n);
    const { id } = await newKey(db, actor, { capDay: '2000' });
    const [first = ''] = await start(actor, id);
    await expect(start(actor, id)).rejects.toMatchObject(capped('day'));
    await db.pool.query(`UPDATE api_key_spend SET day = day - 40 WHERE key_id = $1`, [id]);
    await db.pool.query(`UPDATE generation SET created_at = created_at - interval '40 days' WHERE id = $1`, [first]);
    expect(await listKeys(db, actor)).toMatchObject([{ spent: { total: '2000', month: '0', day: '0' } }]);
    await start(actor, id);
    await cancelGeneration(db, actor, { id: first });
    await expect(start(actor, id)).rejects.toMatchObject(capped('day'));
    expect(await listKeys(db, actor)).toMatchObject([{ spent: { total: '2000', month: '2000', day: '2000' } }]);
  });

  test('and models hold for a quote that was made elsewhere', async () => {
    const { id, secret } = await newKey(db, anna, { models: ['other'] });
    const body = JSON.stringify({ quote: await tokenOf(anna) });
    expect(await codeOf(await ask(secret, '/generations', { method: 'POST', body }))).toEqual([403, 'model_not_allowed']);
    const settings = JSON.stringify({ model: 'proof', prompt: 'x' });
    expect(await codeOf(await ask(secret, '/generations', { method: 'POST', body: settings }))).toEqual([403, 'model_not_allowed']);
    const of = JSON.stringify({ model: 'other', prompt: 'x' });
    expect((await ask(secret, '/generations', { method: 'POST', body: of })).status).toBe(201);
    await expect(startGenerations(db, { ...(await newPerson(db, 9_000n)), apiKeyId: id }, { token: await tokenOf(anna) })).rejects.toBeTruthy();
  });

  test('cannot be had without: a key that has lost its counter starts nothing', async () => {
    const { id } = await newKey(db, anna, { capTotal: '2000' });
    await db.pool.query('DELETE FROM api_key_spend WHERE key_id = $1', [id]);
    await expect(start(anna, id)).rejects.toMatchObject({ code: 'GK902' });
  });

  test('of somebody else’s key are nobody’s to use up', async () => {
    const ben = await newPerson(db, 9_000n);
    const { id } = await newKey(db, anna);
    await expect(start(ben, id)).rejects.toMatchObject({ code: 'key_revoked' });
    expect((await getBalance(db, ben)).heldMillicredits).toBe('0');
  });
});
