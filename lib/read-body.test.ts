import { afterEach, describe, expect, test, vi } from 'vitest';
import type { AppError } from './errors';
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

describe('a body that does not come on', () => {
  afterEach(() => vi.useRealTimers());
  const sending = (everyMs: number, size: number) => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (stream) => new Promise<void>((resolve) => setTimeout(resolve, everyMs)).then(() => stream.enqueue(new Uint8Array(size))),
      cancel: () => {
        isCancelled = true;
      },
    });
    return { body, isCancelled: () => isCancelled };
  };

  test('is given up, after ten seconds with nothing or when it is slower than any line', async () => {
    vi.useFakeTimers();
    for (const { body, isCancelled } of [sending(1_000_000, 1), sending(1_000, 100)]) {
      const outcome = expect(readBody(body, 1_000_000)).rejects.toMatchObject({ code: 'too_slow' });
      await vi.advanceTimersByTimeAsync(11_000);
      await outcome;
      expect(isCancelled()).toBe(true);
    }
  });

  test('has longer the more of it came: a large file over a slow line is read', async () => {
    vi.useFakeTimers();
    const reading = readBody(sending(1_000, 300_000).body, 20_000_000).catch((error: AppError) => error.code);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await reading).toBe('too_large');
  });
});
