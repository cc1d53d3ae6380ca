import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followRun, type Run } from './follow';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const events = (...lines: string[]) => new Response(lines.map((line) => `${line}\n\n`).join(''));
const state = (name: string) => `data: {"state":"${name}"}`;
async function read(connect: () => Promise<Response>): Promise<string[]> {
  const told: string[] = [];
  const reading = (async () => {
    for await (const run of followRun(connect)) told.push((run as Run).state);
  })();
  reading.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  await reading;
  return told;
}

test('a line that breaks is taken up again, until the server says that nothing more will come', async () => {
  const answers = [
    () => events(state('held')),
    () => Promise.reject(new TypeError('fetch failed')),
    () => new Response(null, { status: 503 }),
    () => events(state('running'), state('captured'), 'event: done\ndata: {}'),
  ];
  const connect = vi.fn(async () => (answers.shift() ?? (() => events()))());
  expect(await read(connect)).toEqual(['held', 'running', 'captured']);
  expect(connect).toHaveBeenCalledTimes(4);
});

test('what is refused is not asked for again', async () => {
  const connect = vi.fn(async () => Response.json({ code: 'not_found', detail: 'Nothing is here.' }, { status: 404 }));
  await expect(read(connect)).rejects.toMatchObject({ code: 'not_found', status: 404, message: 'Nothing is here.' });
  expect(connect).toHaveBeenCalledTimes(1);
});

test('a line that only breaks is given up', async () => {
  const connect = vi.fn(async () => events());
  await expect(read(connect)).rejects.toMatchObject({ code: 'unavailable' });
  expect(connect).toHaveBeenCalledTimes(5);
});
