import { describe, expect, test } from 'vitest';
import { requestOf, runAgainst } from '@/scripts/standins/models/run-against';
import { openaiChat } from './openai-chat';
import { MAX_PICTURE_BYTES } from './self-hosted-shared';
import { decodeBase64 } from './shared/output-file';
import { retryAfterMs } from './shared/retry-after';
import { failure } from './testing/stage';

describe('how long to wait', () => {
  const now = Date.parse('2026-11-30T21:00:00Z');
  test.each([
    ['0', 0],
    ['7', 7_000],
    ['Mon, 30 Nov 2026 21:00:30 GMT', 30_000],
    ['Mon, 30 Nov 2026 20:00:00 GMT', 0],
    ['86400', 300_000],
    ['9'.repeat(400), 300_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 300_000],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is, of %s, %s ms', (value, ms) => {
    expect(retryAfterMs(value === undefined ? {} : { 'retry-after': value }, now)).toBe(ms);
  });
});

describe('a picture in base64', () => {
  const garbage = expect.objectContaining({ fault: 'garbage', charged: 'maybe' });
  test('is decoded', () => {
    expect(Buffer.from(decodeBase64('aGVyb24=')).toString()).toBe('heron');
  });

  test.each(['', '<svg/>', 'data:image/png;base64,AAAA', 'AAAA\n', 'AA=A', '===='])('is garbage where it is %o', (text) => {
    expect(() => decodeBase64(text)).toThrow(garbage);
  });

  test('is garbage over 64 MB', () => {
    expect(() => decodeBase64('A'.repeat((MAX_PICTURE_BYTES / 3) * 4 + 100))).toThrow(garbage);
  });
});

test.each(['', 'somewhere', 'https://user:hunter2@example.com'])('The address "%s" is refused, and not repeated', async (url) => {
  const { run, close } = runAgainst(openaiChat, { url });
  expect(await failure(run(requestOf({ kind: 'text' })), 'hunter2')).toMatchObject({ fault: 'refused', charged: 'no' });
  await close();
});
