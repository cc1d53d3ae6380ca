import { createHash } from 'node:crypto';
import { type Hex, recoverAddress } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import vectors from '@/contracts/test/vectors/protocol.json';
import type { KmsStandIn } from '@/scripts/standins/kms/server';
import { kmsSigner } from './kms-signer';
import { recoverSigner } from './signer';
import { startTestKms } from './testing/test-kms';

const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const sOf = (signature: Hex) => BigInt(`0x${signature.slice(66, 130)}`);
/** The keys of the vectors that the contracts are tested with (scripts/lib/protocol-vectors.ts). */
const vectorKey = (name: 'version' | 'platform') => createHash('sha256').update(`intaglio test vector: ${name} key`).digest();
const scalar = vectorKey('version');
const digest = vectors.receipt.digest as Hex;
let [kms, keyId] = [undefined as unknown as KmsStandIn, ''];

beforeAll(async () => {
  kms = await startTestKms('');
  keyId = kms.hold(scalar);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await kms.close();
});

describe('a signer over a key in KMS', () => {
  it('has the address that viem derives from the private key', async () => {
    expect((await kmsSigner(keyId)).address).toBe(privateKeyToAddress(`0x${scalar.toString('hex')}`).toLowerCase());
  });
  it('signs with a low s and the right v, however often the key service answers with a high s', async () => {
    const signer = await kmsSigner(keyId);
    const seen = new Set<string>();
    for (let i = 0; i < 16; i++) {
      if (i % 2) kms.fail('Sign', 'high s');
      const signature = await signer.signDigest(digest);
      expect(sOf(signature) <= HALF_ORDER).toBe(true);
      expect((await recoverAddress({ hash: digest, signature })).toLowerCase()).toBe(signer.address);
      expect(recoverSigner(digest, signature)).toBe(signer.address);
      seen.add(signature.slice(-2));
    }
    expect([...seen].toSorted()).toEqual(['1b', '1c']);
  });
  it.each(['other key', 'no signature'] as const)('refuses what the key service signed with: %s', async (fault) => {
    const signer = await kmsSigner(keyId);
    kms.fail('Sign', fault);
    await expect(signer.signDigest(digest)).rejects.toMatchObject({ code: 'signer_mismatch' });
  });
  it.each(['internal', 'throttle'] as const)('is asked again where the key service fails once, and says so where it goes on (%s)', async (fault) => {
    const signer = await kmsSigner(keyId);
    kms.fail('Sign', fault);
    expect(recoverSigner(digest, await signer.signDigest(digest))).toBe(signer.address);
    kms.fail('Sign', fault, 3);
    await expect(signer.signDigest(digest)).rejects.toMatchObject({ code: 'key_service_unavailable' });
  });
  it('gives up on a key service that does not answer', { timeout: 15_000 }, async () => {
    const signer = await kmsSigner(keyId);
    kms.fail('Sign', 'hang', 3);
    const before = Date.now();
    await expect(signer.signDigest(digest)).rejects.toMatchObject({ code: 'key_service_unavailable' });
    expect(Date.now() - before).toBeLessThan(5_900);
  });
  it('tells a refusal from a failure, and keeps what AWS said of it to itself', async () => {
    kms.fail('GetPublicKey', 'deny');
    const error = await kmsSigner(keyId).catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: 'misconfigured',
      cause: { message: expect.stringMatching(/^key service: AccessDeniedException, 400, [0-9a-f-]{36}$/) },
    });
    expect(JSON.stringify([error.message, error.cause.message, error.cause.stack])).not.toMatch(/a-secret|a-token|AKIA|iam/);
    await expect(kmsSigner(`${keyId}0`)).rejects.toMatchObject({ code: 'misconfigured' });
  });
  it('is none over a key of another curve', async () => {
    await expect(kmsSigner(kms.hold(scalar, 'ECC_NIST_P256'))).rejects.toMatchObject({ code: 'misconfigured' });
  });
});

it.each([
  ['version', vectors.receipt.digest],
  ['platform', vectors.voucher.digest],
] as const)('the %s key of the contracts’ vectors signs as their signer from KMS, too', async (name, hash) => {
  const signer = await kmsSigner(kms.hold(vectorKey(name)));
  expect(signer.address).toBe(vectors.signers[name].toLowerCase());
  expect(recoverSigner(hash as Hex, await signer.signDigest(hash as Hex))).toBe(signer.address);
});
