import { readSignatureInput, readSignatures, type SignatureMember } from './signature-members';
import { CLOCK_SKEW_SECONDS, contentDigest, MAX_SIGNATURE_SECONDS, signatureBase } from './signed-request';

/**
 * Requests that a wallet signs: ERC-8128 over HTTP Message Signatures (RFC 9421), signed as a personal message (ERC-191). The draft has
 * named its accounts in two ways, and both are read: `erc8128:<chain>:<address>` (its first published library signs so) and
 * `eip155:<chain>:<address>` with `tag="erc8128"`, which covers the scheme and the query always. Of either only a signature that is bound to
 * the whole request and good for one use is taken. Everything else that the RFC allows (parameters of components, escapes) is refused.
 */
export type WalletRequest = { method: string; url: string; headers: { get(name: string): string | null } };
export type WalletSignature = {
  address: `0x${string}`;
  /** What was signed, to be hashed as a personal message. */
  base: Uint8Array;
  signature: `0x${string}`;
  nonce: string;
  createdSeconds: number;
  /** From then on the request is refused for its time alone. */
  forgetNonceAtSeconds: number;
};
/** The words of the draft, where it has one. */
export type WalletSignatureProblem =
  | 'signature_missing'
  | 'signature_too_large'
  | 'signature_input_invalid'
  | 'no_acceptable_signature'
  | 'unsupported_chain'
  | 'invalid_time'
  | 'request_not_yet_valid'
  | 'request_expired'
  | 'request_validity_too_long'
  | 'nonce_required'
  | 'invalid_nonce'
  | 'unsupported_algorithm'
  | 'insufficient_coverage'
  | 'content_digest_required'
  | 'bad_content_digest';

/** Who asks about a request: the server's own origin and chain, never what the request says of them. */
export type Verifier = { origin: string; chainId: number; nowMs: number };

const MAX_INPUT = 4_096;
/** A contract account's signature, with the call that would deploy it (ERC-6492), is long. */
const MAX_SIGNATURE = 16_384;
const MAX_NONCE = 128;
const KEY_ID = /^(erc8128|eip155):(0|[1-9]\d{0,14}):(0x[0-9a-fA-F]{40})$/;
/** Headers that change what a request does: where one is there, it is signed. */
const SIGNED_IF_SENT = ['content-digest', 'idempotency-key'];

/** Whether a member is a wallet's signature of a request, and not one that some proxy added for its own sake. */
function isWallets({ params }: SignatureMember): boolean {
  const kind = KEY_ID.exec(String(params.get('keyid')))?.[1];
  return params.get('tag') === 'erc8128' ? kind !== undefined : kind === 'erc8128' && !params.has('tag');
}

function timeProblem({ params }: SignatureMember, nowMs: number): WalletSignatureProblem | null {
  const [created, expires, now] = [params.get('created'), params.get('expires'), Math.floor(nowMs / 1000)];
  if (typeof created !== 'number' || typeof expires !== 'number' || expires <= created) return 'invalid_time';
  if (expires - created > MAX_SIGNATURE_SECONDS) return 'request_validity_too_long';
  if (now < created - CLOCK_SKEW_SECONDS) return 'request_not_yet_valid';
  return now > expires + CLOCK_SKEW_SECONDS ? 'request_expired' : null;
}

function nonceProblem(nonce: unknown): WalletSignatureProblem | null {
  if (nonce === undefined || nonce === '') return 'nonce_required';
  return typeof nonce !== 'string' || nonce.length > MAX_NONCE ? 'invalid_nonce' : null;
}

function coverageProblem(
  { components, params }: SignatureMember,
  request: WalletRequest,
  query: string,
  body: Uint8Array,
): WalletSignatureProblem | null {
  const isLater = String(params.get('keyid')).startsWith('eip155');
  const needed = ['@authority', '@method', '@path', ...(isLater || query !== '' ? ['@query'] : []), ...(isLater ? ['@scheme'] : [])];
  if (isLater && request.headers.get('content-type') !== null) needed.push('content-type');
  for (const name of SIGNED_IF_SENT) if (request.headers.get(name) !== null) needed.push(name);
  const digest = request.headers.get('content-digest');
  if (digest === null && body.length > 0) return 'content_digest_required';
  if (digest !== null && digest.trim() !== contentDigest(body)) return 'bad_content_digest';
  return needed.every((name) => components.includes(name)) ? null : 'insufficient_coverage';
}

/** The components with their values; null where one is signed that is not there, or is not one we know. */
function valuesOf(components: string[], request: WalletRequest, origin: URL, target: URL): [string, string][] | null {
  const derived = new Map([
    ['@method', request.method],
    ['@scheme', origin.protocol.slice(0, -1)],
    ['@authority', origin.host],
    ['@path', target.pathname],
    ['@query', target.search || '?'],
  ]);
  const values = components.map((name): [string, string | null] => [
    name,
    derived.get(name) ?? (name.startsWith('@') ? null : request.headers.get(name)),
  ]);
  return values.every((pair): pair is [string, string] => pair[1] !== null) ? values.map(([name, value]) => [name, value.trim()]) : null;
}

/**
 * Reads the wallet's signature of a request and checks everything but the signature itself and whether its nonce was used before.
 * `body` is all of it, as it came.
 */
export function readWalletSignature(
  request: WalletRequest,
  body: Uint8Array,
  { origin, chainId, nowMs }: Verifier,
): WalletSignature | { problem: WalletSignatureProblem } {
  const [input, given] = [request.headers.get('signature-input'), request.headers.get('signature')];
  if (!input || !given) return { problem: 'signature_missing' };
  if (input.length > MAX_INPUT || given.length > MAX_SIGNATURE) return { problem: 'signature_too_large' };
  const inputs = readSignatureInput(input);
  const signatures = readSignatures(given);
  if (!inputs || !signatures) return { problem: 'signature_input_invalid' };
  const [member, another] = [...inputs.values()].filter(isWallets);
  const signature = member && signatures.get(member.label);
  // One request, one caller: which of two it would be is not for us to choose.
  if (!member || another || !signature) return { problem: 'no_acceptable_signature' };
  if (member.params.has('alg')) return { problem: 'unsupported_algorithm' };
  const [, , chain, address = ''] = KEY_ID.exec(String(member.params.get('keyid'))) ?? [];
  if (Number(chain) !== chainId) return { problem: 'unsupported_chain' };
  const target = new URL(request.url);
  const problem = timeProblem(member, nowMs) ?? nonceProblem(member.params.get('nonce')) ?? coverageProblem(member, request, target.search, body);
  if (problem) return { problem };
  const values = valuesOf(member.components, request, new URL(origin), target);
  if (!values) return { problem: 'insufficient_coverage' };
  return {
    address: address.toLowerCase() as `0x${string}`,
    base: signatureBase(values, member.raw),
    signature,
    nonce: String(member.params.get('nonce')),
    createdSeconds: Number(member.params.get('created')),
    forgetNonceAtSeconds: Number(member.params.get('expires')) + CLOCK_SKEW_SECONDS,
  };
}
