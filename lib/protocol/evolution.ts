import { type Hex, hashTypedData } from 'viem';
import { collectionDomain } from './receipt';

/** What the platform signs so that one step may be appended to a dynamic work. Hashes as 0x hex of 32 bytes, times in seconds. */
export type Evolution = {
  token: bigint;
  /** sha-256 of the metadata JSON that is the head until now. */
  previous: Hex;
  /** Digest of the step's receipt. */
  receipt: Hex;
  label: Hex;
  traits: Hex;
  codec: number;
  image: Hex;
  captured: bigint;
  deadline: bigint;
};

export const EVOLUTION_TYPES = {
  Evolution: [
    { name: 'token', type: 'uint256' },
    { name: 'previous', type: 'bytes32' },
    { name: 'receipt', type: 'bytes32' },
    { name: 'label', type: 'bytes32' },
    { name: 'traits', type: 'bytes32' },
    { name: 'codec', type: 'uint8' },
    { name: 'image', type: 'bytes32' },
    { name: 'captured', type: 'uint64' },
    { name: 'deadline', type: 'uint64' },
  ],
} as const;

/** The full EIP-712 digest: what the platform's key signs. */
export function evolutionDigest(chainId: number, collection: Hex, evolution: Evolution): Hex {
  return hashTypedData({ domain: collectionDomain(chainId, collection), types: EVOLUTION_TYPES, primaryType: 'Evolution', message: evolution });
}
