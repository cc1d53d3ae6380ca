import { lookup as resolveAll } from 'node:dns';
import { Agent, type FormData, request } from 'undici';
import { EndpointError } from '../endpoint-error';
import { parseExactJson } from '../exact-json';
import { addressProblem, isPrivateHost, type PrivateHosts } from './allowed-address';
import { publicLookup, type Resolve } from './public-lookup';

export type OutboundRequest = {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: string | Uint8Array | FormData;
  signal: AbortSignal;
  /** From the first byte sent to the last received: a slow drip ends here. */
  timeoutMs: number;
  maxBytes: number;
  /** True where receiving this request starts work that costs somebody money. */
  charges: boolean;
};
export type OutboundAnswer = { status: number; headers: Record<string, string>; bytes: Uint8Array };

/** The way out of one deployment, to its endpoint and to where its answers lead. */
export type Outbound = {
  /** Any status is an answer. Throws EndpointError `unreachable`, `refused` (an address we do not call) or `garbage` (too large), or the signal's reason. */
  fetch(request: OutboundRequest): Promise<OutboundAnswer>;
};
/** The only way out to addresses that creators, or their endpoints' answers, gave. */
export type WaysOut = {
  /** For calls of the deployment that is configured with this address, or with none. */
  forEndpoint(address: string | null): Outbound;
  close(): Promise<void>;
};

const CONNECT_MS = 5_000;
/** Errors that happen before anything was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'EPRIVATE']);

const codeOf = (error: unknown): string => {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code ?? cause?.code ?? '';
};

const NO_HOSTS: PrivateHosts = new Set<string>();
const originOf = (address: string | null) => (address && URL.canParse(address) ? new URL(address).origin : null);

type Opening = { privateHosts?: PrivateHosts; resolve?: Resolve };

/**
 * Opens connections of a process. Of `privateHosts`, which may be private and plain http, a deployment reaches the one that it is configured
 * with: what another's answer, or its own, says of a third is not called. `resolve`: who is asked for a name's addresses.
 */
export function openOutbound({ privateHosts = NO_HOSTS, resolve = resolveAll }: Opening = {}): WaysOut {
  const common = { connections: 128, headersTimeout: 0, bodyTimeout: 0 } as const;
  const guarded = new Agent({ ...common, connect: { lookup: publicLookup(resolve), timeout: CONNECT_MS } });
  const trusted = new Agent({ ...common, connect: { timeout: CONNECT_MS } });

  async function send(wanted: OutboundRequest, hosts: PrivateHosts, signal: AbortSignal): Promise<OutboundAnswer> {
    const { url, method = 'GET', headers, body, maxBytes } = wanted;
    const dispatcher = isPrivateHost(new URL(url), hosts) ? trusted : guarded;
    // undici's request follows no redirects: where one leads would have to be checked like any other address.
    const answer = await request(url, { method, headers, body, signal, dispatcher });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body) {
      size += chunk.length;
      if (size > maxBytes) {
        answer.body.destroy();
        throw new EndpointError('garbage', `more than ${maxBytes} bytes`, { charged: 'maybe' });
      }
      chunks.push(chunk);
    }
    const flat = Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
    return { status: answer.statusCode, headers: Object.fromEntries(flat), bytes: Buffer.concat(chunks) };
  }

  async function fetchGuarded(wanted: OutboundRequest, hosts: PrivateHosts): Promise<OutboundAnswer> {
    const problem = addressProblem(wanted.url, hosts);
    if (problem) throw new EndpointError('refused', `the address ${problem}`, { charged: 'no' });
    const late = AbortSignal.timeout(wanted.timeoutMs);
    try {
      return await send(wanted, hosts, AbortSignal.any([wanted.signal, late]));
    } catch (cause) {
      if (wanted.signal.aborted) throw wanted.signal.reason;
      if (cause instanceof EndpointError) throw cause;
      const code = codeOf(cause);
      const charged = wanted.charges && !NOT_SENT.has(code) ? 'maybe' : 'no';
      const what = late.aborted ? `no answer within ${wanted.timeoutMs} ms` : `no connection (${code || 'unknown'})`;
      throw new EndpointError('unreachable', what, { charged, cause });
    }
  }

  return {
    forEndpoint: (address) => {
      const own = originOf(address);
      return { fetch: (wanted) => fetchGuarded(wanted, own !== null && originOf(wanted.url) === own ? privateHosts : NO_HOSTS) };
    },
    close: async () => {
      await Promise.all([guarded.destroy(), trusted.destroy()]);
    },
  };
}

/** An answer's JSON, with integers exact. Throws EndpointError `garbage`. */
export function readJson({ bytes }: OutboundAnswer, charged: 'no' | 'maybe'): unknown {
  try {
    return parseExactJson(Buffer.from(bytes).toString('utf8'));
  } catch {
    // Without its cause: a parser quotes what it could not read, and an answer may repeat the prompt.
    throw new EndpointError('garbage', 'the answer is not JSON', { charged });
  }
}
