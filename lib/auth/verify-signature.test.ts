import { privateKeyToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { openClient } from '@/lib/chain/client';
import { isSignedBy } from './verify-signature';

test('a chain that does not answer is no yes and no no, and its address, which may hold a key, is not in what is logged', async () => {
  const client = openClient('http://127.0.0.1:1/v2/secret-key');
  const signature = await privateKeyToAccount(`0x${'11'.repeat(32)}`).signMessage({ message: 'hello' });
  const asked = isSignedBy(client, `0x${'22'.repeat(20)}`, 'hello', signature);
  await expect(asked).rejects.toMatchObject({ code: 'chain_unavailable', cause: { message: expect.not.stringContaining('secret-key') } });
});
