import type { Hex } from 'viem';

/**
 * What somebody asks about. `digest`: 32 bytes that do not say of what they are: the number of a token, the digest of a receipt, or of a
 * content. `receipt`: a receipt as JSON, whole.
 */
export type LookUp =
  | { kind: 'token'; tokenId: Hex; collection?: Hex }
  | { kind: 'cid'; cid: string }
  | { kind: 'receiptDigest' | 'content' | 'digest'; digest: Hex }
  | { kind: 'receipt'; json: unknown };

export const LOOK_UP_PROBLEM =
  'That is none of what can be looked up here: a token id, a CID (it begins with bafy or bafk), the digest of a receipt or a content (64 hex digits), or a receipt as JSON.';

const DIGEST = /^(?:0x)?([0-9a-f]{64})$/i;
const NUMBER = /^(?:0x[0-9a-f]{1,64}|\d{1,78})$/i;
/** As explorers and markets write a token in their addresses, and CAIP-19 does: the collection, then the number. */
const TOKEN_OF = /(?:^|[/:])(0x[0-9a-f]{40})[/:#?](?:a=|token\/)?(0x[0-9a-f]{1,64}|\d{1,78})\/?$/i;
const ADDRESS = /^0x[0-9a-f]{40}$/i;
const CID = /(?:^|\/ipfs\/|^ipfs:\/\/)(b[a-z2-7]{58})(?:[/?#.].*)?$/;
/** Where the page of a work's content is: a token's external_url. */
const CONTENT_OF = /\/w\/(?:0x)?([0-9a-f]{64})\/?$/i;

/** Token number as 0x hex of 32 bytes; null above 256 bits. */
export function tokenNumber(text: string): Hex | null {
  if (!NUMBER.test(text)) return null;
  const number = BigInt(text);
  return number < 1n << 256n ? `0x${number.toString(16).padStart(64, '0')}` : null;
}

/** Reads whatever somebody has pasted; null for what is nothing of the kind. */
export function readLookUp(pasted: string): LookUp | null {
  const text = pasted.trim();
  if (text.startsWith('{')) return readReceipt(text);
  // A collection, or somebody's account: of which token, it does not say.
  if (ADDRESS.test(text)) return null;
  const [digest, content, cid, token] = [DIGEST, CONTENT_OF, CID, TOKEN_OF].map((form) => form.exec(text));
  if (digest) return { kind: 'digest', digest: `0x${digest[1]?.toLowerCase()}` };
  if (content) return { kind: 'content', digest: `0x${content[1]?.toLowerCase()}` };
  if (cid?.[1]) return { kind: 'cid', cid: cid[1] };
  const tokenId = tokenNumber(token?.[2] ?? text);
  const collection = token?.[1]?.toLowerCase() as Hex | undefined;
  return tokenId && { kind: 'token', tokenId, ...(collection && { collection }) };
}

function readReceipt(text: string): LookUp | null {
  try {
    return { kind: 'receipt', json: JSON.parse(text) };
  } catch {
    return null;
  }
}
