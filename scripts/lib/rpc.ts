import { errorCode } from './errors';

/** One JSON-RPC call; throws with the node's message when it answers an error. */
export async function rpc<T>(url: string, method: string, params: unknown[] = []): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const answer = (await response.json()) as { result?: T; error?: { message: string } };
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result as T;
}

/** True when the node answers; false while nobody listens. */
export async function rpcAnswers(url: string): Promise<boolean> {
  try {
    await rpc(url, 'eth_chainId');
    return true;
  } catch (error) {
    if (error instanceof TypeError && errorCode(error.cause) !== 'ECONNREFUSED') throw error;
    return false;
  }
}
