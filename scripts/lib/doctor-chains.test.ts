import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { otherChains } from './doctor-chains';

test('the doctor tells what the nodes of other chains say they are, and never where they are', async () => {
  const server = createServer((_, response) => response.end('{"jsonrpc":"2.0","id":1,"result":"0x89"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret`;
  const found = await otherChains({ HOLDING_CHAINS: `137=${url},1=${url},10=http://127.0.0.1:1/secret` });
  expect(found.map(({ level, what }) => [level, what])).toEqual([
    ['ok', 'HOLDING_CHAINS: the node of chain 137 answers'],
    ['missing', 'HOLDING_CHAINS: the node given for chain 1 is of chain 137'],
    ['note', 'HOLDING_CHAINS: the node of chain 10 does not answer'],
  ]);
  expect(await otherChains({})).toEqual([]);
  expect(await otherChains({ HOLDING_CHAINS: 'nonsense' })).toEqual([]);
  server.close();
});
