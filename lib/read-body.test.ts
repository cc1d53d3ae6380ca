import { expect, test } from 'vitest';
import { readBody } from './read-body';

test('a body is read as it comes, and no further than it may be', async () => {
  let [sent, isCancelled] = [0, false];
  const endless = () =>
    new ReadableStream<Uint8Array>({
      pull: (stream) => {
        sent++;
        stream.enqueue(new Uint8Array(1_000));
      },
      cancel: () => {
        isCancelled = true;
      },
    });
  await expect(readBody(endless(), 5_500)).rejects.toMatchObject({ code: 'too_large', details: { maxBytes: 5_500 } });
  expect([sent < 10, isCancelled]).toEqual([true, true]);
  expect((await readBody(new Blob(['plate']).stream(), 5)).toString()).toBe('plate');
  expect(await readBody(null, 5)).toHaveLength(0);
});
