import { expect, test } from 'vitest';
import { readUpload } from './read-upload';

const post = (body: RequestInit['body'], headers: Record<string, string> = {}) =>
  new Request('http://localhost/api/v1/verify', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

test('takes the file of a form', async () => {
  const form = new FormData();
  form.set('file', new File([new Uint8Array([1, 2, 3])], 'a.png'));
  expect(await readUpload(post(form))).toEqual({ kind: 'file', bytes: new Uint8Array([1, 2, 3]) });
});

test('stops reading a file above 20 MB and JSON above 512 KB, whatever length was claimed', async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(1024 * 1024));
    },
  });
  await expect(readUpload(post(endless, { 'content-type': 'multipart/form-data; boundary=x' }))).rejects.toMatchObject({ code: 'too_large' });
  expect(sent).toBeLessThan(25);
  await expect(readUpload(post(`"${' '.repeat(600_000)}"`))).rejects.toMatchObject({ code: 'too_large' });
  await expect(readUpload(post('{}', { 'content-length': '99999999' }))).rejects.toMatchObject({ code: 'too_large' });
});

test('refuses a form without a file, a text in its place, and what is not JSON', async () => {
  const form = new FormData();
  form.set('file', 'text');
  for (const body of [form, new FormData(), 'not json', '']) await expect(readUpload(post(body))).rejects.toMatchObject({ code: 'invalid_input' });
});
