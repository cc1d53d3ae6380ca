import { afterAll, expect, test } from 'vitest';
import { rasterContent } from '@/lib/protocol/content';
import { ParameterError } from './parameters';
import { createHousePool } from './pool';
import { type HouseRequest, render } from './render';

const pool = createHousePool({ threads: 2 });
afterAll(() => pool.close());

const small: HouseRequest = { model: 'nacre', prompt: 'ocean', seed: '1', params: { width: 256, height: 256 } };
const long: HouseRequest = { model: 'strata', prompt: '', seed: 2n, params: { width: 2048, height: 2048, finish: 'fine' } };

test('a thread draws the pixels that the core draws', { timeout: 30_000 }, async () => {
  const seen: number[] = [];
  const picture = await pool.render(small, { onProgress: (done) => seen.push(done) });
  expect(rasterContent(picture)).toBe(rasterContent(render(small)));
  expect(seen.at(-1)).toBe(1);
});

test('an abort ends a run under way, and the thread is free for the next', { timeout: 30_000 }, async () => {
  const stop = new AbortController();
  const run = pool.render(long, { signal: stop.signal, onProgress: () => stop.abort(new Error('cancelled')) }).then(({ width }) => width);
  await expect(run).rejects.toThrow('cancelled');
  await expect(pool.render(small)).resolves.toMatchObject({ width: 256 });
});

test('an abort takes a waiting run out of the queue', { timeout: 30_000 }, async () => {
  const stop = new AbortController();
  const busy = [1, 2].map(() => pool.render(long, { signal: stop.signal }).catch((error: Error) => error.message));
  const gone = new AbortController();
  const waiting = pool.render(small, { signal: gone.signal });
  gone.abort(new Error('left the queue'));
  await expect(waiting).rejects.toThrow('left the queue');
  stop.abort(new Error('stopped'));
  expect(await Promise.all(busy)).toEqual(['stopped', 'stopped']);
});

test('refuses bad requests before they reach a thread', async () => {
  await expect(pool.render({ ...small, params: { layers: 3 } })).rejects.toThrow(ParameterError);
  await expect(pool.render({ ...small, seed: '-1' })).rejects.toThrow(RangeError);
});

test('closing ends what runs and refuses what comes', { timeout: 30_000 }, async () => {
  const other = createHousePool({ threads: 1 });
  const run = other.render(long).catch((error: Error) => error.message);
  await other.close();
  expect(await run).toBe('the render thread ended');
  await expect(other.render(small)).rejects.toThrow('closed');
});
