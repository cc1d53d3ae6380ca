import type { Hex } from 'viem';

export type Log = { address: Hex; topics: Hex[]; data: Hex };

/** What the verifier asks of a chain: nothing but reads of the present state, and logs where somebody wants them. */
export type ChainReader = {
  chainId(): Promise<number>;
  /** What a contract answers; null where it refuses (reverts). */
  call(to: Hex, data: Hex): Promise<Hex | null>;
  code(address: Hex): Promise<Hex>;
  logs(filter: { topics: (Hex | null)[]; fromBlock: bigint }): Promise<Log[]>;
};

/** One JSON-RPC call: its result, or throws what the node answered. */
export type RpcRequest = (method: string, params: unknown[]) => Promise<unknown>;

/** A node's own error. 3 is what nodes agree on for a revert. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

const REVERTED = 3;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

function isRevert(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as { code?: unknown }).code === REVERTED || /execution reverted/i.test(cause.message)) return true;
  }
  return false;
}

function asHex(answer: unknown): Hex {
  if (typeof answer !== 'string' || !/^0x[0-9a-f]*$/i.test(answer)) throw new Error('the node answered something that is not hex');
  return answer as Hex;
}

/** A reader over any way to make JSON-RPC calls. Throws where the node gives no usable answer. */
export function chainReader(request: RpcRequest): ChainReader {
  return {
    chainId: async () => Number(asHex(await request('eth_chainId', []))),
    call: async (to, data) => {
      try {
        return asHex(await request('eth_call', [{ to, data }, 'latest']));
      } catch (error) {
        if (isRevert(error)) return null;
        throw error;
      }
    },
    code: async (address) => asHex(await request('eth_getCode', [address, 'latest'])),
    logs: async ({ topics, fromBlock }) =>
      (await request('eth_getLogs', [{ topics, fromBlock: `0x${fromBlock.toString(16)}`, toBlock: 'latest' }])) as Log[],
  };
}

/** Calls over HTTP, to any node. Each gives up after ten seconds. */
export function httpRequest(url: string): RpcRequest {
  return async (method, params) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(10_000),
    });
    const answer = parse(await readText(response)) as { result?: unknown; error?: { code: number; message: string } } | null;
    if (answer?.error) throw new RpcError(answer.error.code, String(answer.error.message));
    if (answer?.result === undefined) throw new Error(`the node answered with status ${response.status}`);
    return answer.result;
  };
}

/** Counted while it comes in, and unpacked: a node can send without end. */
async function readText({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let total = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.length;
    if (total > MAX_ANSWER_BYTES) {
      await reader.cancel();
      throw new Error('the node’s answer is too long');
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
