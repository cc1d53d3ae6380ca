import { expect, test } from 'vitest';
import { openClient } from './chain/client';
import { AppError } from './errors';
import { errorForLog } from './log';

test('an error is logged with its causes and without addresses, which may hold keys and passwords', async () => {
  const cause = await openClient('http://127.0.0.1:1/v2/secret-key')
    .getChainId()
    .catch((error: unknown) => error);
  const told = errorForLog(new AppError('chain_unavailable', { cause }));
  expect(told).toMatchObject({ type: 'AppError', message: expect.stringContaining('HTTP request failed'), code: 'chain_unavailable' });
  expect(JSON.stringify(told)).not.toContain('secret-key');
  const refused = errorForLog(
    Object.assign(new Error('connect postgresql://app:hunter2@db:5432/x failed'), { url: 'https://x/hunter2', code: '08006' }),
  );
  expect(refused).toMatchObject({ message: 'connect [address] failed', code: '08006' });
  expect(JSON.stringify(refused)).not.toContain('hunter2');
});
