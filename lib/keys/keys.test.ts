import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { openSecret, sealSecret } from './envelope';
import { localSigner, recoverSigner } from './signer';

process.env.WRAPPING_KEY ??= '11'.repeat(32);
process.env.DATABASE_URL ??= 'postgresql://u@127.0.0.1/x';
process.env.RPC_URL ??= 'http://127.0.0.1:1';
const digest = `0x${'ab'.repeat(32)}` as const;

describe('sealed secrets', () => {
  it('open to what was sealed', () => {
    expect(openSecret(sealSecret(Buffer.from('plate'), 'row|1'), 'row|1').toString()).toBe('plate');
  });
  it('do not open in another row', () => {
    expect(() => openSecret(sealSecret(Buffer.from('plate'), 'row|1'), 'row|2')).toThrow(/could not be opened/);
  });
  it.each(['wrappedKey', 'ciphertext'] as const)('do not open with one bit of %s changed', (field) => {
    const envelope = sealSecret(Buffer.from('plate'), 'row|1');
    envelope[field][15] = (envelope[field][15] ?? 0) ^ 1;
    expect(() => openSecret(envelope, 'row|1')).toThrow(/could not be opened/);
  });
});

describe('the local signer', () => {
  const key = Buffer.from('0000000000000000000000000000000000000000000000000000000000000007', 'hex');
  it('has the address that viem derives, and signs what viem recovers', async () => {
    const account = privateKeyToAccount(`0x${key.toString('hex')}`);
    const signer = localSigner(key);
    expect(signer.address).toBe(account.address.toLowerCase());
    expect(await signer.signDigest(digest)).toBe(await account.sign({ hash: digest }));
  });
  it('recovers another address for another digest, and null for nonsense', async () => {
    const signature = await localSigner(key).signDigest(digest);
    expect(recoverSigner(digest, signature)).toBe(localSigner(key).address);
    expect(recoverSigner(`0x${'ac'.repeat(32)}`, signature)).not.toBe(localSigner(key).address);
    expect(recoverSigner(digest, '0x1234')).toBeNull();
  });
});
