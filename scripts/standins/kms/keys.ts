import { createECDH, createPublicKey, randomUUID } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1';
import { KmsFault } from './fault';

export type KmsKey = {
  arn: string;
  spec: string;
  state: 'Enabled' | 'Disabled' | 'PendingDeletion';
  tags: Record<string, string>;
  d: Buffer;
};

const CURVES: Record<string, [ecdh: string, jwk: string]> = { ECC_SECG_P256K1: ['secp256k1', 'secp256k1'], ECC_NIST_P256: ['prime256v1', 'P-256'] };
const arnOf = (id: string) => `arn:aws:kms:eu-central-1:111122223333:key/${id}`;

/** A key over a scalar, or over one of its own. */
export function newKey(spec: string, tags: KmsKey['tags'] = {}, scalar?: Uint8Array): KmsKey {
  const [curve] = CURVES[spec] ?? [];
  if (!curve) throw new KmsFault('UnsupportedOperationException', `KeySpec ${spec} is not offered by the stand-in`);
  const ecdh = createECDH(curve);
  if (scalar) ecdh.setPrivateKey(scalar);
  else ecdh.generateKeys();
  return { arn: arnOf(randomUUID()), spec, state: 'Enabled', tags, d: Buffer.from(ecdh.getPrivateKey('hex').padStart(64, '0'), 'hex') };
}

/** SubjectPublicKeyInfo, as OpenSSL writes it. */
export function spkiOf({ spec, d }: KmsKey): Buffer {
  const [curve = '', crv = ''] = CURVES[spec] ?? [];
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(d);
  const point = ecdh.getPublicKey();
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  return createPublicKey({ key: { kty: 'EC', crv, x, y }, format: 'jwk' }).export({ type: 'spki', format: 'der' });
}

/** DER of a signature that is another each time, its s as high or as low as it happens, or high where that is asked for. */
export function signDigest({ d }: Pick<KmsKey, 'd'>, digest: Buffer, isHigh: boolean): Buffer {
  const { Point, Signature, sign } = secp256k1;
  const { r, s } = sign(digest, d, { lowS: false, extraEntropy: true });
  const other = Point.Fn.ORDER - s;
  return Buffer.from(new Signature(r, isHigh && other > s ? other : s).toBytes('der'));
}
