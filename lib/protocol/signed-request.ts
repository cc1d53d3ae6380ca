import { sha256 } from '@noble/hashes/sha2';

/**
 * Requests that we sign: HTTP Message Signatures (RFC 9421) with Ed25519, in one form only, so that a verifier needs no parser of
 * structured fields and has nothing to negotiate:
 *
 *   content-digest: sha-256=:<base64>:                                  (RFC 9530, of the empty body too)
 *   signature-input: intaglio=("@method" "@target-uri" "content-digest");created=…;expires=…;nonce="…";keyid="…";alg="ed25519"
 *   signature: intaglio=:<base64>:
 */
export type SignableRequest = { method: string; url: string; body: Uint8Array | string };
export type RequestSigner = { keyId: string; sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array> };

/** The longest a signature may be good for. */
export const MAX_SIGNATURE_SECONDS = 60;
/** How far two honest clocks may be apart. */
export const CLOCK_SKEW_SECONDS = 30;

const INPUT =
  /^intaglio=\("@method" "@target-uri" "content-digest"\)(;created=(\d{1,12});expires=(\d{1,12});nonce="([\w-]{16,64})";keyid="([\w-]{1,128})";alg="ed25519")$/;
const SIGNATURE = /^intaglio=:([A-Za-z0-9+/]{86}==):$/;

const utf8 = (text: string) => new TextEncoder().encode(text);
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** The `content-digest` of a body. */
export function contentDigest(body: Uint8Array | string): string {
  return `sha-256=:${base64(sha256(typeof body === 'string' ? utf8(body) : body))}:`;
}

/** What is signed (RFC 9421, section 2.5): each component on a line, then the parameters. */
export function signatureBase(components: readonly (readonly [name: string, value: string])[], params: string): Uint8Array {
  const names = components.map(([name]) => `"${name}"`).join(' ');
  return utf8([...components.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": (${names})${params}`].join('\n'));
}

const componentsOf = (method: string, url: string, digest: string) =>
  [
    ['@method', method],
    ['@target-uri', url],
    ['content-digest', digest],
  ] as const;

/** The three headers that sign a request, good for a minute and for one use. */
export async function signRequest(
  { method, url, body }: SignableRequest,
  signer: RequestSigner,
  nowMs = Date.now(),
): Promise<Record<string, string>> {
  const created = Math.floor(nowMs / 1000);
  const nonce = base64(crypto.getRandomValues(new Uint8Array(18)))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  const params = `;created=${created};expires=${created + MAX_SIGNATURE_SECONDS};nonce="${nonce}";keyid="${signer.keyId}";alg="ed25519"`;
  const digest = contentDigest(body);
  const signature = await signer.sign(signatureBase(componentsOf(method, new URL(url).href, digest), params));
  return {
    'content-digest': digest,
    'signature-input': `intaglio=("@method" "@target-uri" "content-digest")${params}`,
    signature: `intaglio=:${base64(signature)}:`,
  };
}

export type ReceivedRequest = { method: string; url: string; headers: Record<string, string | string[] | undefined> };
export type SignatureCheck =
  | { ok: true; nonce: string; forgetNonceAtSeconds: number }
  | { ok: false; code: 'bad_signature' | 'expired'; detail: string };
/** Whether `signature` over `message` is by the key of that id; null where there is no such key. */
export type VerifyMessage = (keyId: string, message: Uint8Array, signature: Uint8Array) => Promise<boolean | null>;

/**
 * Checks the headers of a request, without its body: whoever calls this compares `contentDigest` of the body with the header, and
 * refuses a nonce it has seen before. `url` is the address as the sender knows it.
 */
export async function checkSignature({ method, url, headers }: ReceivedRequest, verify: VerifyMessage, nowMs = Date.now()): Promise<SignatureCheck> {
  const refuse = (code: 'bad_signature' | 'expired', detail: string) => ({ ok: false, code, detail }) as const;
  const text = (name: string) => (typeof headers[name] === 'string' ? headers[name] : '');
  const input = INPUT.exec(text('signature-input'));
  const signature = SIGNATURE.exec(text('signature'))?.[1];
  if (!input || !signature) return refuse('bad_signature', 'the request is not signed in the form of the contract');
  const [, params = '', created, expires, nonce = '', keyId = ''] = input;
  const [from, until, now] = [Number(created), Number(expires), nowMs / 1000];
  if (until <= from || until - from > MAX_SIGNATURE_SECONDS) return refuse('bad_signature', 'a signature is good for a minute at most');
  const message = signatureBase(componentsOf(method, url, text('content-digest')), params);
  const valid = await verify(keyId, message, fromBase64(signature));
  if (valid === null) return refuse('bad_signature', 'the key of the signature is not known here');
  if (!valid) return refuse('bad_signature', 'the signature is not of this request');
  // Said only to those who hold the key: it tells them which of the two clocks is wrong.
  if (from > now + CLOCK_SKEW_SECONDS) return refuse('expired', 'the signature is from the future: are both clocks right?');
  if (until < now - CLOCK_SKEW_SECONDS) return refuse('expired', 'the signature has expired: are both clocks right?');
  return { ok: true, nonce, forgetNonceAtSeconds: until + CLOCK_SKEW_SECONDS };
}
