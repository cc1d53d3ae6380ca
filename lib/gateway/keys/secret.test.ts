import { expect, test } from 'vitest';
import { digestOf, isWellFormed, newSecret, startOf } from './secret';

test('a key is one word with a prefix, 256 random bits and a checksum', () => {
  const secrets = Array.from({ length: 500 }, newSecret);
  expect(new Set(secrets).size).toBe(500);
  for (const secret of secrets) expect([secret.length, secret.slice(0, 4), isWellFormed(secret)]).toEqual([53, 'igl_', true]);
});

test('a slip in any place is seen, and so are two letters that changed places', () => {
  const good = newSecret();
  for (let i = 0; i < good.length; i++) {
    const slip = good[i] === 'q' ? 'r' : 'q';
    expect(isWellFormed(good.slice(0, i) + slip + good.slice(i + 1))).toBe(false);
    const [a, b] = [good[i] ?? '', good[i + 1] ?? ''];
    if (b && a !== b) expect(isWellFormed(good.slice(0, i) + b + a + good.slice(i + 2))).toBe(false);
  }
});

test('what is stored and shown of it does not lead back', () => {
  const secret = newSecret();
  expect(digestOf(secret)).toMatch(/^[0-9a-f]{64}$/);
  expect(startOf(secret)).toBe(secret.slice(0, 8));
});
