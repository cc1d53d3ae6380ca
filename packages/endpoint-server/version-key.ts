import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

/** Signs 32-byte digests; `address` is lower case. */
export type VersionSigner = { address: Hex; sign: (digest: Hex) => Promise<Hex> };

/** A signer over a private key, 0x hex of 32 bytes. */
export function versionSigner(privateKey: Hex): VersionSigner {
  const account = privateKeyToAccount(privateKey);
  return { address: account.address.toLowerCase() as Hex, sign: (hash) => account.sign({ hash }) };
}

/** The version's key from its file, which only its owner can read; made at the first start. */
export function openVersionKey(path: string): VersionSigner {
  try {
    // `wx` never writes over a key.
    writeFileSync(path, `0x${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return versionSigner(readFileSync(path, 'utf8').trim() as Hex);
}
