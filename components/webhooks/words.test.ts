import { expect, it } from 'vitest';
import { WEBHOOK_EVENTS } from '@/lib/webhooks/schema';
import { attemptWords, eventWords } from './words';

it('every event that can be listened to has words, and no others have', () => {
  expect(Object.keys(eventWords).sort()).toEqual([...WEBHOOK_EVENTS].sort());
});

it.each([
  [{ status: 204, problem: null }, 'answered 204'],
  [{ status: 308, problem: null }, 'answered 308, a redirect, which is not followed'],
  [{ status: null, problem: 'no answer within 15000 ms' }, 'no answer within 15000 ms'],
])('a try is said as it went: %o', (attempt, words) => {
  expect(attemptWords(attempt)).toBe(words);
});
