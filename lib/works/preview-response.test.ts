import { expect, test, vi } from 'vitest';
import { previewResponse } from './preview-response';

const digest = 'ab'.repeat(32);
const read = vi.fn(async () => Buffer.from('webp'));
const ask = (isPublic: boolean, headers = {}) => previewResponse(new Request('http://localhost/', { headers }), { digest, isPublic, read });

test('a cache asks again after minutes, since a work can be taken down, and a private one stays out of shared caches', async () => {
  expect((await ask(true)).headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
  expect((await ask(false)).headers.get('cache-control')).toBe('private, max-age=300, must-revalidate');
});

test('asking again costs no reading where the picture is there still', async () => {
  const etag = (await ask(true)).headers.get('etag') ?? '';
  read.mockClear();
  const again = await ask(true, { 'if-none-match': etag });
  expect([again.status, again.headers.get('cache-control'), read.mock.calls.length]).toEqual([304, 'public, max-age=300, must-revalidate', 0]);
  expect((await ask(true, { 'if-none-match': '"another"' })).status).toBe(200);
});
