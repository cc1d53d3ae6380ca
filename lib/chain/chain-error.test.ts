import { expect, test } from 'vitest';
import { withoutUrl } from './chain-error';
import { openClient } from './client';

test('says what failed without the address, which may hold a key', async () => {
  const failed = await openClient('http://127.0.0.1:1/v2/secret-key')
    .getChainId()
    .catch((error: unknown) => error);
  expect(String(failed)).toContain('secret-key');
  const told = withoutUrl(failed);
  expect(told.message).toContain('HTTP request failed');
  expect(`${told.message} ${told.stack} ${JSON.stringify(told)}`).not.toContain('secret-key');
});
