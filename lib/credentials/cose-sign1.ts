import { encode } from 'cborg';

/** Who signs: certificates from the leaf up (DER, without the root), and an ES256 signature as r ‖ s (64 bytes). */
export type CredentialSigner = { certificates: Uint8Array[]; sign: (bytes: Uint8Array) => Promise<Uint8Array> };

/** A time-stamp token (RFC 3161, DER) over bytes, from an authority. */
export type Timestamper = (bytes: Uint8Array) => Promise<Uint8Array>;

// RFC 9052 and 9360: header labels `alg` and `x5chain`, algorithm ES256, tag of a COSE_Sign1.
const ALG = 1;
const X5CHAIN = 33;
const ES256 = -7;
const TAG_18 = 0xd2;
const EMPTY = new Uint8Array(0);

/** Room that a time-stamp token may take. Tokens carry the chain of their authority; those we saw had 2 to 6 KB. */
const TIMESTAMP_BYTES = 8192;
const PAD_BYTES = 16;

function protectedHeader({ certificates }: CredentialSigner): Uint8Array {
  const [leaf] = certificates;
  return encode(
    new Map<number, unknown>([
      [ALG, ES256],
      [X5CHAIN, certificates.length === 1 ? leaf : certificates],
    ]),
  );
}

function sign1(header: Uint8Array, unprotected: Map<string, unknown>, signature: Uint8Array): Uint8Array {
  return Uint8Array.from([TAG_18, ...encode([header, unprotected, null, signature])]);
}

/** How many bytes to keep free for a signature: the file's other hashes are made before it is. */
export function reservedBytes(signer: CredentialSigner, isTimestamped: boolean): number {
  return sign1(protectedHeader(signer), new Map(), new Uint8Array(64)).length + PAD_BYTES + (isTimestamped ? TIMESTAMP_BYTES : 0);
}

/**
 * Zeros in the unprotected header until it is exactly `size` bytes (C2PA 2.2, 13.2). Where the length in front of `pad` grows by a byte, one
 * size cannot be met with `pad` alone; the empty `pad2` shifts it.
 */
function padded(header: Uint8Array, unprotected: Map<string, unknown>, signature: Uint8Array, size: number): Uint8Array {
  for (const more of [[], [['pad2', EMPTY] as const]]) {
    const withPad = (bytes: number) => sign1(header, new Map([...unprotected, ...more, ['pad', new Uint8Array(bytes)]]), signature);
    const missing = size - withPad(0).length;
    for (let pad = missing; pad >= Math.max(0, missing - 4); pad--) {
      const result = withPad(pad);
      if (result.length === size) return result;
    }
  }
  throw new RangeError(`a signature does not fit into ${size} bytes`);
}

/** A complete COSE_Sign1 over a claim, detached, of exactly `size` bytes. */
export async function signClaim(claim: Uint8Array, size: number, signer: CredentialSigner, timestamp?: Timestamper): Promise<Uint8Array> {
  const header = protectedHeader(signer);
  const signature = await signer.sign(encode(['Signature1', header, EMPTY, claim]));
  const unprotected = new Map<string, unknown>();
  // C2PA 2.2, 10.3.2.5: the token is over the countersignature structure of the signature's own CBOR.
  if (timestamp)
    unprotected.set('sigTst2', { tstTokens: [{ val: await timestamp(encode(['CounterSignature', header, EMPTY, encode(signature)])) }] });
  return padded(header, unprotected, signature, size);
}
