import { type Hex, hashTypedData, keccak256, stringToBytes } from 'viem';
import { collectionDomain } from './receipt';

/** What the platform signs so that one receipt may be minted. Amounts in wei, times in seconds; hashes as 0x hex of 32 bytes. */
export type Voucher = {
  receipt: Hex;
  to: Hex;
  price: bigint;
  captured: bigint;
  deadline: bigint;
  label: Hex;
  traits: Hex;
  codec: number;
  image: Hex;
  evolve: Hex;
};

export const VOUCHER_TYPES = {
  Voucher: [
    { name: 'receipt', type: 'bytes32' },
    { name: 'to', type: 'address' },
    { name: 'price', type: 'uint96' },
    { name: 'captured', type: 'uint64' },
    { name: 'deadline', type: 'uint64' },
    { name: 'label', type: 'bytes32' },
    { name: 'traits', type: 'bytes32' },
    { name: 'codec', type: 'uint8' },
    { name: 'image', type: 'bytes32' },
    { name: 'evolve', type: 'bytes32' },
  ],
} as const;

/** How long a voucher lives: its deadline is signing time plus this. */
export const VOUCHER_LIFETIME_S = 15 * 60;

/** The full EIP-712 digest: what the platform's key signs. */
export function voucherDigest(chainId: number, collection: Hex, voucher: Voucher): Hex {
  return hashTypedData({ domain: collectionDomain(chainId, collection), types: VOUCHER_TYPES, primaryType: 'Voucher', message: voucher });
}

export const VOUCHERS_TYPES = { Vouchers: [{ name: 'items', type: 'Voucher[]' }], ...VOUCHER_TYPES } as const;

/** The digest that the platform's key signs for a batch. */
export function vouchersDigest(chainId: number, collection: Hex, items: Voucher[]): Hex {
  return hashTypedData({ domain: collectionDomain(chainId, collection), types: VOUCHERS_TYPES, primaryType: 'Vouchers', message: { items } });
}

/** How a voucher binds its label: keccak-256 of the UTF-8 bytes. */
export function labelHash(label: string): Hex {
  return keccak256(stringToBytes(label));
}

/** How a voucher binds trait bytes and evolve terms (`0x` for none). */
export function bytesHash(bytes: Hex): Hex {
  return keccak256(bytes);
}
