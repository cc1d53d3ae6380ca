import { expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { holdOne } from './hold-few';
import { takeForPerson } from './rate-limit-person';

const from = (address: string, userId = newId()) => ({ actor: { userId }, address });
const limited = { code: 'rate_limited' };

test('turns a person away past their limit, and leaves others at the same address alone', async () => {
  const greedy = from('192.0.2.20');
  for (let i = 0; i < 20; i++) await takeForPerson('payout', greedy);
  await expect(takeForPerson('payout', greedy)).rejects.toMatchObject({ ...limited, details: { retryAfterMs: expect.any(Number) } });
  await takeForPerson('payout', from('192.0.2.20'));
});

test('new wallets at one address do not add up to more than ten people, and stop nobody elsewhere', async () => {
  const calls = await Promise.allSettled(Array.from({ length: 45 * 20 }, (_, i) => takeForPerson('connect', from('192.0.2.21', `wallet ${i % 45}`))));
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(200);
  await takeForPerson('connect', from('192.0.2.22'));
});

test('one person has only so many of something open at once', () => {
  const open = Array.from({ length: 3 }, () => holdOne('streams', 'anna', 3));
  expect(() => holdOne('streams', 'anna', 3)).toThrow(expect.objectContaining(limited));
  holdOne('streams', 'ben', 3)();
  open[0]?.();
  open[0]?.();
  holdOne('streams', 'anna', 3);
  expect(() => holdOne('streams', 'anna', 3)).toThrow(expect.objectContaining(limited));
});
