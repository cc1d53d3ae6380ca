import { decode } from 'cborg';
import { expect, it } from 'vitest';
import { reservedBytes, signClaim } from './cose-sign1';
import { testKey } from './testing/fixtures';

const claim = new Uint8Array([1, 2, 3]);

it('a signature has exactly the size that was kept free for it, whatever that is', async () => {
  const { key } = await testKey();
  const least = reservedBytes(key, false);
  for (let size = least; size < least + 600; size++) {
    const signature = await signClaim(claim, size, key);
    expect(signature.length).toBe(size);
    expect(signature[0]).toBe(0xd2);
  }
  expect(decode((await signClaim(claim, least, key)).subarray(1))).toMatchObject({ 2: null, length: 4 });
});

it('a signature that does not fit is an error, not a file', async () => {
  const { key } = await testKey();
  await expect(signClaim(claim, 300, key)).rejects.toThrow('does not fit');
});

it('several certificates are carried in order', async () => {
  const { key } = await testKey();
  const [leaf] = key.certificates as [Uint8Array];
  const chain = { ...key, certificates: [leaf, Uint8Array.from([48, 0])] };
  const [header] = decode((await signClaim(claim, reservedBytes(chain, false), chain)).subarray(1)) as [Uint8Array];
  expect((decode(header, { useMaps: true }) as Map<number, Uint8Array[]>).get(33)).toEqual(chain.certificates.map((one) => Uint8Array.from(one)));
});
