import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api.generated.js';
import { followRun, type Run, refusalOf } from './follow.js';

export type { components, paths } from './api.generated.js';
export { IntaglioError, type Run } from './follow.js';
export type Schemas = components['schemas'];

export type IntaglioOptions = {
  /** Where the server is: 'https://…'. */
  baseUrl: string;
  /** An API key. Left out: only what is open to everybody, or whatever `fetch` signs. */
  key?: string | undefined;
  /** Another fetch: one that signs each request (ERC-8128), or one of a test. */
  fetch?: (request: Request) => Promise<Response>;
};
export type Intaglio = {
  /** Every route, typed: `api.POST('/quotes', { body })` gives `data` or `error`, a problem with its `code`. */
  api: Client<paths>;
  /** A run, at once and after each change, until nothing more will come. A line that breaks is taken up again. */
  follow: (id: string, options?: { signal?: AbortSignal }) => AsyncGenerator<Run>;
  /** Sends a picture to start runs from; its `content` is what the parameter that takes one holds. Throws IntaglioError. */
  upload: (file: Blob) => Promise<Schemas['Upload']>;
};

/** A client of one server. */
export function createIntaglio({ baseUrl, key, fetch = (request) => globalThis.fetch(request) }: IntaglioOptions): Intaglio {
  const at = `${baseUrl.replace(/\/+$/, '')}/api/v1`;
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  return {
    api: createClient<paths>({ baseUrl: at, headers, fetch }),
    follow: (id, { signal } = {}) =>
      followRun(() => fetch(new Request(`${at}/generations/${encodeURIComponent(id)}/events`, { headers, ...(signal && { signal }) })), signal),
    upload: async (file) => {
      const type = { 'content-type': 'application/octet-stream' };
      const answer = await fetch(new Request(`${at}/uploads`, { method: 'POST', headers: { ...headers, ...type }, body: file }));
      if (!answer.ok) throw await refusalOf(answer);
      return (await answer.json()) as Schemas['Upload'];
    },
  };
}
