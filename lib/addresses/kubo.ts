import { FormData, request } from 'undici';
import { z } from 'zod';
import { MAX_RAW_BYTES } from '@/lib/protocol/file-cid';

/** Where an IPFS node takes orders, and what it wants to be told first. */
export type KuboRpc = { url: string; authorization?: string | undefined };

/** The node answered with another CID: it does not import as our profile says. */
export class CidMismatch extends Error {
  override readonly name = 'CidMismatch';
}

/** The import profile in Kubo's own words. A node's defaults are its owner's, so each is named. */
const PROFILE = { 'cid-version': '1', 'raw-leaves': 'true', chunker: `size-${MAX_RAW_BYTES}`, hash: 'sha2-256', trickle: 'false', inline: 'false' };
const TIMEOUT_MS = 120_000;
const MAX_ANSWER_CHARS = 64 * 1024;

const added = z.object({ Hash: z.string() });
const removed = z.object({ Pins: z.array(z.string()) });
/** Kubo has no code of its own for it. */
const NOT_PINNED = /^(pin\/rm: )?not pinned/;
const fault = z.object({ Message: z.string() });

/**
 * Has a Kubo node (or what speaks its RPC) keep a file, and checks that it makes the same CID of it as we do. Throws CidMismatch, and Error where
 * it does not answer, refuses, or fails after it has begun to answer.
 */
export async function addToKubo({ url, authorization }: KuboRpc, { cid, bytes }: { cid: string; bytes: Uint8Array<ArrayBuffer> }): Promise<void> {
  const address = new URL('/api/v0/add', url);
  address.search = new URLSearchParams({ ...PROFILE, pin: 'true', progress: 'false' }).toString();
  const form = new FormData();
  form.set('file', new Blob([bytes]), cid);
  const { status, text, trailers } = await post(address, authorization, form);
  if (status !== 200) throw new Error(`the node answered ${status}: ${messageOf(text)}`);
  // An error after the first line, such as a pin that failed, comes in a trailer.
  const late = trailers['x-stream-error'];
  if (late) throw new Error(`the node failed while it answered: ${late.slice(0, 300)}`);
  const made = lastHash(text);
  if (!made) throw new Error('the node named no CID');
  if (made !== cid) throw new CidMismatch(`the node made ${made.slice(0, 100)} of ${cid}`);
}

/** Has the node keep a file no longer; a file that it does not keep is let go of already. Its garbage collector decides when the bytes go. Throws Error. */
export async function removeFromKubo({ url, authorization }: KuboRpc, cid: string): Promise<void> {
  const address = new URL('/api/v0/pin/rm', url);
  address.search = new URLSearchParams({ arg: cid, recursive: 'true' }).toString();
  const { status, text } = await post(address, authorization, null);
  if (status === 500 && NOT_PINNED.test(messageOf(text))) return;
  if (status !== 200) throw new Error(`the node answered ${status}: ${messageOf(text)}`);
  if (!parsed(removed, text)?.Pins.includes(cid)) throw new Error('the node does not say that it let go of the file');
}

async function post(address: URL, authorization: string | undefined, body: FormData | null) {
  const headers = authorization ? { authorization } : {};
  const answer = await request(address, { method: 'POST', body, headers, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(unreachable);
  const text = await capped(answer.body);
  return { status: answer.statusCode, text, trailers: answer.trailers as Record<string, string | undefined> };
}

/** Says why without the node's address, which an operator may have put a password in. */
function unreachable(cause: unknown): never {
  const { code, name } = cause as { code?: string; name?: string };
  throw new Error(`the node does not answer (${code ?? name})`, { cause });
}

async function capped(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of body) {
    text += decoder.decode(part, { stream: true });
    if (text.length > MAX_ANSWER_CHARS) throw new Error('the node answers without end');
  }
  return text;
}

/** One JSON object a line; the last that names a CID is the file's. */
function lastHash(text: string): string | undefined {
  return text
    .split('\n')
    .flatMap((line) => parsed(added, line)?.Hash ?? [])
    .at(-1);
}

const messageOf = (text: string) => (parsed(fault, text)?.Message ?? text).slice(0, 300);

function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
