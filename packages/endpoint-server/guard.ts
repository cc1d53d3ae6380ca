import type { IncomingMessage } from 'node:http';
import { checkSignature, contentDigest, type VerifyMessage } from '../../lib/protocol/signed-request';
import { Problem } from './problem';

const MAX_BODY_BYTES = 64 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Problem('bad_request', `the body has more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The door: gives a request's body, or throws Problem. A body is read only once the headers are known to be the platform's. */
export function openGuard(publicUrl: string, verify: VerifyMessage) {
  // Nonces are forgotten at a restart. What comes again then is a run that is known by its id, or a second stop.
  const used = new Map<string, number>();
  // As the sender writes it: host in lower case, no port that goes without saying.
  const base = new URL(publicUrl).href.replace(/\/+$/, '');

  return async (request: IncomingMessage): Promise<Buffer> => {
    const { method = '', url = '', headers } = request;
    const check = await checkSignature({ method, url: `${base}${url}`, headers }, verify);
    if (!check.ok) throw new Problem(check.code, check.detail);
    const now = Date.now() / 1000;
    for (const [nonce, until] of used) if (until < now) used.delete(nonce);
    if (used.has(check.nonce)) throw new Problem('bad_signature', 'the nonce was used before');
    used.set(check.nonce, check.forgetNonceAtSeconds);
    const body = await readBody(request);
    if (contentDigest(body) !== headers['content-digest']) throw new Problem('bad_signature', 'the body is not the one that was signed');
    return body;
  };
}
