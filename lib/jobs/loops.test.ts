import { expect, it, vi } from 'vitest';
import type { Database } from '@/lib/db';
import { log } from '@/lib/log';
import { startLoops } from './loops';

it('goes on after a failure, and says the same failure once', async () => {
  const error = vi.spyOn(log, 'error').mockImplementation(() => {});
  let turns = 0;
  const stop = startLoops({} as Database, [
    {
      name: 'fails three times',
      everyMs: 1,
      run: async () => {
        turns++;
        if (turns <= 3) throw new Error('away');
        if (turns === 5) throw new Error('away');
      },
    },
  ]);
  await vi.waitFor(() => expect(turns).toBeGreaterThan(6));
  await stop();
  expect(error).toHaveBeenCalledTimes(2);
  const stopped = turns;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(turns).toBe(stopped);
});
