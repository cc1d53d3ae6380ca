import { lookup as resolveAll } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, type FormData, request } from 'undici';
import { EndpointError } from '../endpoint-error';
import { parseExactJson } from '../exact-json';
import { addressProblem, isPrivateHost, isPublicAddress, type PrivateHosts } from './allowed-address';

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

/** The only way out to addresses that creators, or their endpoints' answers, gave. */
export type Outbound = {
  /** Any status is an answer. Throws EndpointError `unreachable`, `refused` (an address we do not call) or `garbage` (too large), or the signal's reason. */
  fetch(request: OutboundRequest): Promise<OutboundAnswer>;
  close(): Promise<void>;
};

const CONNECT_MS = 5_000;
/** Errors that happen before anything was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'EPRIVATE']);

/** Resolves a name, and gives the socket public addresses only. What is checked is what is connected to, so a name that changes gains nothing. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  resolveAll(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    const open = addresses.filter(({ address }) => isPublicAddress(address));
    if (open.length > 0) return done(null, open);
    done(Object.assign(new Error('the name is not on the public internet'), { code: 'EPRIVATE' }), []);
  });
};

const codeOf = (error: unknown): string => {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code ?? cause?.code ?? '';
};

/** Opens connections of a process. `privateHosts` may be private and plain http; nothing else may. */
export function openOutbound({ privateHosts = new Set<string>() }: { privateHosts?: PrivateHosts } = {}): Outbound {
  const common = { connections: 128, headersTimeout: 0, bodyTimeout: 0 } as const;
  const guarded = new Agent({ ...common, connect: { lookup: publicLookup, timeout: CONNECT_MS } });
  const trusted = new Agent({ ...common, connect: { timeout: CONNECT_MS } });

  async function send(wanted: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
    const { url, method = 'GET', headers, body, maxBytes } = wanted;
    const dispatcher = isPrivateHost(new URL(url), privateHosts) ? trusted : guarded;
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

  return {
    async fetch(wanted) {
      const problem = addressProblem(wanted.url, privateHosts);
      if (problem) throw new EndpointError('refused', `the address ${problem}`, { charged: 'no' });
      const late = AbortSignal.timeout(wanted.timeoutMs);
      try {
        return await send(wanted, AbortSignal.any([wanted.signal, late]));
      } catch (cause) {
        if (wanted.signal.aborted) throw wanted.signal.reason;
        if (cause instanceof EndpointError) throw cause;
        const code = codeOf(cause);
        const charged = wanted.charges && !NOT_SENT.has(code) ? 'maybe' : 'no';
        const what = late.aborted ? `no answer within ${wanted.timeoutMs} ms` : `no connection (${code || 'unknown'})`;
        throw new EndpointError('unreachable', what, { charged, cause });
      }
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
