import { type Hex, hashTypedData } from 'viem';
import { collectionDomain } from './receipt';

/**
 * What the platform signs so that a pass may be given back: no run of it was used, and none starts until the deadline (seconds,
 * the last one included) has passed. `token` is the pass, `holder` the account that has it and submits this.
 */
export type PassRefund = { token: bigint; holder: Hex; deadline: bigint };

export const PASS_REFUND_TYPES = {
  Refund: [
    { name: 'token', type: 'uint256' },
    { name: 'holder', type: 'address' },
    { name: 'deadline', type: 'uint64' },
  ],
} as const;

/** The full EIP-712 digest in the domain of the creator's passes: what the platform's key signs. */
export function passRefundDigest(chainId: number, passes: Hex, refund: PassRefund): Hex {
  return hashTypedData({ domain: collectionDomain(chainId, passes), types: PASS_REFUND_TYPES, primaryType: 'Refund', message: refund });
}
