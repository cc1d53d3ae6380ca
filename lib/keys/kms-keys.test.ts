import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KmsStandIn } from '@/scripts/standins/kms/server';
import { createKmsKey } from './kms-keys';
import { recoverSigner } from './signer';
import { startTestKms } from './testing/test-kms';

const digest = `0x${'ab'.repeat(32)}` as const;
let kms: KmsStandIn;
beforeAll(async () => {
  kms = await startTestKms('');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await kms.close();
});

describe('a new key in KMS', () => {
  it('is waited for while KMS does not know it everywhere, and tagged with its row', async () => {
    kms.fail('GetPublicKey', 'not yet');
    const { keyId: arn, signer } = await createKmsKey('row-1', 'version');
    expect(kms.keys().find((key) => key.arn === arn)).toMatchObject({
      state: 'Enabled',
      tags: { 'intaglio-key': 'row-1', 'intaglio-purpose': 'version' },
    });
    expect(recoverSigner(digest, await signer.signDigest(digest))).toBe(signer.address);
  });
  it('is asked for once, and deleted where it cannot be read', async () => {
    const before = kms.keys().length;
    kms.fail('CreateKey', 'internal');
    await expect(createKmsKey('row-2', 'version')).rejects.toMatchObject({ code: 'key_service_unavailable' });
    expect(kms.keys()).toHaveLength(before);
    kms.fail('GetPublicKey', 'internal', 3);
    await expect(createKmsKey('row-3', 'version')).rejects.toMatchObject({ code: 'key_service_unavailable' });
    expect(kms.keys().at(-1)).toMatchObject({ state: 'PendingDeletion', tags: { 'intaglio-key': 'row-3' } });
  });
});
