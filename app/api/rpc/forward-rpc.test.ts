import { describe, expect, test } from 'vitest';
import { forwardCalls, MAX_BATCH, readCalls } from './forward-rpc';

const rpcUrl = 'https://user:hunter2hunter@node.example/v3/SECRETKEY?token=TOKENTOKEN';
type Sent = { id: number; method: string; params: unknown[] };

/** A node that answers every call, and notes what it was sent. */
function node(reply: (call: Sent) => object = (call) => ({ result: `${call.method} ok` })) {
  const sent: Sent[] = [];
  const fetch = async (_url: unknown, init?: RequestInit) => {
    const json = JSON.parse(String(init?.body)) as Sent | Sent[];
    const calls = Array.isArray(json) ? json : [json];
    sent.push(...calls);
    const answers = calls.map((c) => ({ jsonrpc: '2.0', id: c.id, ...reply(c) })).reverse();
    return Response.json(Array.isArray(json) ? answers : answers[0]);
  };
  return { sent, fetch: fetch as typeof globalThis.fetch };
}
const call = (method: string, id: number | string = 1, params: unknown[] = []) => ({ jsonrpc: '2.0' as const, id, method, params });
const forward = (calls: ReturnType<typeof call>[], { fetch }: ReturnType<typeof node>, embeddedChain = false) =>
  forwardCalls(calls, { rpcUrl, embeddedChain, fetch });

describe('what it passes on', () => {
  test.each(['eth_chainId', 'eth_call', 'eth_estimateGas', 'eth_getTransactionReceipt'])('passes %s', async (method) => {
    expect(await forward([call(method, 'a')], node())).toEqual([{ jsonrpc: '2.0', id: 'a', result: `${method} ok` }]);
  });

  test.each([
    'anvil_setBalance',
    'anvil_dumpState',
    'hardhat_impersonateAccount',
    'evm_revert',
    'debug_traceTransaction',
    'admin_peers',
    'personal_sign',
    'eth_accounts',
    'eth_sign',
    'eth_sendTransaction',
    'eth_signTransaction',
    'eth_getLogs',
    'eth_newFilter',
    'eth_subscribe',
    'txpool_content',
    'ETH_CALL',
    'constructor',
  ])('refuses %s, on the local chain too', async (method) => {
    const chain = node();
    for (const embedded of [false, true]) {
      expect(await forward([call(method)], chain, embedded)).toMatchObject([{ id: 1, error: { code: -32601 } }]);
    }
    expect(chain.sent).toEqual([]);
  });

  test('sends signed transactions on the local chain only', async () => {
    expect(await forward([call('eth_sendRawTransaction')], node())).toMatchObject([{ error: { code: -32601 } }]);
    expect(await forward([call('eth_sendRawTransaction')], node(), true)).toMatchObject([{ result: 'eth_sendRawTransaction ok' }]);
  });

  test('refuses eth_call with a state override', async () => {
    const chain = node();
    expect(await forward([call('eth_call', 1, [{}, 'latest', { '0x0': { code: '0x' } }])], chain)).toMatchObject([{ error: { code: -32601 } }]);
    expect(chain.sent).toEqual([]);
  });

  test('keeps answers with their calls when a batch is mixed, repeats ids, and comes back in another order', async () => {
    const answers = await forward([call('eth_chainId', 7), call('eth_accounts', 8), call('eth_gasPrice', 7)], node());
    expect(answers.map((a) => [a.id, a.result ?? a.error?.code])).toEqual([
      [7, 'eth_chainId ok'],
      [8, -32601],
      [7, 'eth_gasPrice ok'],
    ]);
  });
});

describe('what it says of errors', () => {
  test('passes the reason and revert data on, without any part of the node’s address', async () => {
    const message = 'execution reverted at node.example with SECRETKEY and TOKENTOKEN for user hunter2hunter';
    const [answer] = await forward(
      [call('eth_call')],
      node(() => ({ error: { code: 3, message, data: '0x08c379a0' } })),
    );
    expect(answer?.error).toMatchObject({ code: 3, data: '0x08c379a0', message: expect.stringMatching(/^execution reverted/) });
    expect(JSON.stringify(answer)).not.toMatch(/SECRETKEY|TOKENTOKEN|hunter2|node\.example/);
  });

  test('keeps a node’s other details to itself', async () => {
    const [answer] = await forward(
      [call('eth_call')],
      node(() => ({ error: { code: -32000, message: 'no', data: { url: rpcUrl } } })),
    );
    expect(answer?.error).toEqual({ code: -32000, message: 'no' });
  });

  test.each([
    ['cannot be reached', async () => Promise.reject(new Error(`connect to ${rpcUrl}`))],
    ['answers with a page', async () => new Response('<html>SECRETKEY</html>')],
    ['answers another call', async () => Response.json({ jsonrpc: '2.0', id: 99, result: '0x1' })],
    ['answers without end', async () => new Response('1'.repeat(3_000_000))],
  ])('says only that the chain is away when the node %s', async (_name, fetch) => {
    const failed = await forwardCalls([call('eth_chainId')], { rpcUrl, embeddedChain: false, fetch }).catch((e: Error) => e);
    expect(failed).toMatchObject({ code: 'chain_unavailable' });
    expect((failed as Error).message).not.toContain('SECRETKEY');
  });
});

test.each([
  ['not JSON', '{'],
  ['an empty batch', '[]'],
  ['too many calls', JSON.stringify(Array.from({ length: MAX_BATCH + 1 }, (_, i) => call('eth_chainId', i)))],
  ['no id', JSON.stringify({ jsonrpc: '2.0', method: 'eth_chainId' })],
  ['parameters by name', JSON.stringify({ ...call('eth_call'), params: { to: '0x' } })],
  ['a batch in a batch', JSON.stringify([[call('eth_chainId')]])],
])('refuses %s', (_name, body) => {
  expect(() => readCalls(body)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});
