import { expect, test } from 'vitest';
import { database } from '@/lib/db';
import { clientOf, takeOne } from './rate-limit';

test('turns a client away past its limit, says how long to wait, and leaves others alone', async () => {
  await takeOne('faucet', '192.0.2.1', 30);
  await expect(takeOne('faucet', '192.0.2.1')).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfterMs: expect.any(Number) } });
  await takeOne('faucet', '192.0.2.2');
});

test('keeps the count in the database, where every process sees it', async () => {
  await takeOne('nonce', '192.0.2.3', 7);
  const { rows } = await database().pool.query('SELECT points FROM rate_limit WHERE key = $1', ['nonce:client:192.0.2.3']);
  expect(rows).toEqual([{ points: 7 }]);
});

test('counts a client by the last address its request came through', () => {
  expect(clientOf(new Headers({ 'x-forwarded-for': '10.0.0.1, 192.0.2.9' }))).toBe('192.0.2.9');
  expect(clientOf(new Headers())).toBe('unknown');
});
