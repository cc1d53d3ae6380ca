import { afterEach, describe, expect, it, vi } from 'vitest';
import { recoverSigner } from '../../lib/keys/signer';
import { batchDigest, batchTree } from '../../lib/protocol/batch';
import type { EndpointBatchRequest, EndpointRunResult } from '../../lib/protocol/endpoint-contract';
import { receiptDigest } from '../../lib/protocol/receipt';
import { tinyModel } from './testing/models';
import { ask, CHAIN_ID, COLLECTION, closeAll, runRequest, serve, VERSION } from './testing/serve';

vi.setConfig({ testTimeout: 30_000 });
afterEach(closeAll);

/** Three works of a drop, made by the server, and what we ask it to sign for them. */
async function drop() {
  const server = await serve(tinyModel());
  const results: EndpointRunResult[] = [];
  for (const seed of ['1', '2', '3']) results.push((await ask(server.url, { body: JSON.stringify(runRequest({ seed })) })).json);
  const digests = results.map(({ receipt }) => receiptDigest(CHAIN_ID, COLLECTION, { ...receipt, seed: BigInt(receipt.seed) }));
  const request = {
    contract: 1,
    chainId: CHAIN_ID,
    collection: COLLECTION,
    version: VERSION,
    root: batchTree(digests).root,
    count: 3,
    leaves: results.map(({ receipt, signature }) => ({ receipt, signature })),
  } as EndpointBatchRequest;
  const sign = (changes: object = {}) => ask(server.url, { path: '/batches', body: JSON.stringify({ ...request, ...changes }) });
  return { server, request, digests, sign };
}

describe('a drop', () => {
  it('is signed by the version’s key over the root of its receipts', async () => {
    const { server, request, sign } = await drop();
    const { status, json } = await sign();
    const digest = batchDigest(CHAIN_ID, COLLECTION, { version: VERSION, root: request.root, count: 3 });
    expect([status, recoverSigner(digest, json.signature)]).toEqual([200, server.signer]);
  });
  it('is refused with another root, order, count, version or collection, or with a receipt that was not signed here', async () => {
    const { request, digests, sign } = await drop();
    const [first, second, third] = request.leaves;
    const stranger = { ...first, receipt: { ...first?.receipt, content: `0x${'99'.repeat(32)}` } };
    const codes = await Promise.all(
      [
        { root: batchTree(digests.toReversed()).root },
        { leaves: [second, first, third] },
        { count: 4 },
        { leaves: [first, second], count: 2 },
        { leaves: [stranger, second, third] },
        { leaves: [{ ...first, signature: second?.signature }, second, third] },
        { version: `0x${'b2'.repeat(32)}` },
        { collection: `0x${'d0'.repeat(20)}` },
        { leaves: [] },
      ].map(async (changes) => (await sign(changes)).json.code),
    );
    expect(codes).toEqual([...Array(6).fill('hash_mismatch'), 'unknown_version', 'unknown_version', 'bad_request']);
  });
  it('is not signed where the platform keeps the key', async () => {
    const { request } = await drop();
    const other = await serve(tinyModel(), { custody: 'platform' });
    expect((await ask(other.url, { path: '/batches', body: JSON.stringify(request) })).json.code).toBe('bad_request');
  });
});
