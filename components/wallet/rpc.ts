import { RpcError } from './rpc-error';

/** One JSON-RPC call through our own proxy. Throws RpcError with the chain's code, or -32603 when there was no answer. */
export async function rpc(path: string, method: string, params: unknown = []): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const body = (await response.json().catch(() => null)) as {
    result?: unknown;
    error?: { code: number | string; message: string; data?: unknown };
  } | null;
  if (body?.error) throw new RpcError(typeof body.error.code === 'number' ? body.error.code : -32603, body.error.message, body.error.data);
  if (!body || !response.ok) throw new RpcError(-32603, 'The chain does not answer right now.');
  return body.result ?? null;
}

/** What became of a transaction: null while it is in no block. Throws like `rpc`. */
export async function transactionOutcome(path: string, hash: string): Promise<'succeeded' | 'reverted' | null> {
  const receipt = (await rpc(path, 'eth_getTransactionReceipt', [hash])) as { status?: string } | null;
  if (!receipt) return null;
  return receipt.status === '0x0' ? 'reverted' : 'succeeded';
}
