import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { seedPerson } from '@/prisma/seed/people';
import { openDoor } from './doors/open-door';
import { createKey } from './keys/create-key';
import { countCall, judge, type LimitState, limitHeaders } from './limits';

const instances = [openDatabase(env.DATABASE_URL, 8), openDatabase(env.DATABASE_URL, 8)];
afterAll(() => Promise.all(instances.map((db) => db.close())));
beforeEach(() => vi.useRealTimers());
const nobody = () => ({ caller: null, limits: [] });
const of = (index: number) => instances[index % 2] as (typeof instances)[number];

test('two instances share a limit: of twice as many calls as are allowed, at once, exactly those are let through', async () => {
  const limit = { name: 'gateway:key:shared', quota: 600 };
  const results = await Promise.allSettled(
    Array.from({ length: 1_200 }, async (_, i) => judge([], await countCall(of(i), [limit.name, 'gateway:wallet:of-all']), [limit])),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(600);
  const [refused] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused).toMatchObject({ code: 'rate_limited', details: { policy: 'key', retryAfterMs: expect.any(Number) } });
});

test('the same holds at the key’s door, where calls of the same moment share a round trip', async () => {
  const owner = await seedPerson(of(0), `0x${'e1'.repeat(20)}`);
  const all = { name: 'Shared', scopes: ['read' as const], models: [], passId: null, capTotal: null, capDay: null, capMonth: null, expiresAt: null };
  const { secret } = await createKey(of(0), { ...owner, sessionId: 'none' }, all);
  const request = new Request('http://localhost:3000/api/v1/generations', { headers: { authorization: `Bearer ${secret}` } });
  const calls = Array.from({ length: 1_000 }, (_, i) => ({ db: of(i), call: { caller: null, limits: [] as LimitState[] } }));
  const results = await Promise.allSettled(
    calls.map(({ db, call }, i) => openDoor(db, { request, body: Buffer.alloc(0), address: `10.1.0.${i % 50}` }, call)),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(600);
  // Each had a number of its own: none was counted twice, and none was left out.
  const left = calls.map(({ call }) => call.limits.find(({ policy }) => policy === 'key')?.left ?? Number.NaN);
  expect(left.sort((a, b) => b - a)).toEqual(Array.from({ length: 1_000 }, (_, i) => 599 - i));
});

test('names that many calls share in any order are no circle to wait in', async () => {
  const names = Array.from({ length: 6 }, (_, i) => `gateway:model:${i}`);
  const turned = (i: number) => [...names.slice(i % 6), ...names.slice(0, i % 6)];
  const counted = await Promise.all(Array.from({ length: 300 }, (_, i) => countCall(of(i), turned(i))));
  expect(Math.max(...counted.flat().map(({ points }) => points))).toBe(300);
});

test('a minute later the count begins again', async () => {
  await countCall(of(0), ['gateway:key:old']);
  await of(0).pool.query(`UPDATE rate_limit SET points = 5000, expire = expire - 60001 WHERE key = 'gateway:key:old'`);
  expect(await countCall(of(1), ['gateway:key:old'])).toMatchObject([{ points: 1, resetsMs: expect.closeTo(60_000, -2) }]);
});

test('headers say what is allowed, what is left, and when it starts again', () => {
  const states: LimitState[] = [];
  judge(states, [
    { name: 'gateway:address:2001:db8::1', points: 3, resetsMs: 41_200 },
    { name: 'gateway:key:0190', points: 600, resetsMs: 900 },
  ]);
  expect(limitHeaders(states)).toEqual({
    'ratelimit-policy': '"address";q=1200;w=60, "key";q=600;w=60',
    ratelimit: '"address";r=1197;t=42, "key";r=0;t=1',
  });
});

describe('a door', () => {
  const knock = (address: string) => ({ request: new Request('http://localhost:3000/api/v1/models'), body: Buffer.alloc(0), address });

  test('turns an address away past its limit, and asks nobody about it until the minute is over', async () => {
    const address = '192.0.2.44';
    await countCall(of(0), [`gateway:address:${address}`]);
    await of(0).pool.query(`UPDATE rate_limit SET points = 1200 WHERE key = $1`, [`gateway:address:${address}`]);
    await expect(openDoor(of(0), knock(address), nobody())).rejects.toMatchObject({ code: 'rate_limited', details: { policy: 'address' } });
    const queries = vi.spyOn(of(0).pool, 'query');
    await expect(openDoor(of(0), knock(address), nobody())).rejects.toMatchObject({ code: 'rate_limited' });
    expect(queries).not.toHaveBeenCalled();
    queries.mockRestore();
    expect(await openDoor(of(0), knock('192.0.2.45'), nobody())).toBeUndefined();
  });

  test('lets nobody in when the database is gone, or does not answer', async () => {
    const gone = openDatabase('postgresql://nobody@127.0.0.1:1/none');
    await expect(openDoor(gone, knock('192.0.2.46'), nobody())).rejects.toMatchObject({ code: 'unavailable' });
    await gone.close();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const silent = { ...of(0), pool: { query: () => new Promise(() => {}) } } as unknown as typeof gone;
    const answer = expect(openDoor(silent, knock('192.0.2.47'), nobody())).rejects.toMatchObject({ code: 'unavailable' });
    await vi.advanceTimersByTimeAsync(5_000);
    await answer;
  });
});
