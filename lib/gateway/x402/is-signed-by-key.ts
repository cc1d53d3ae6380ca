import { hashTypedData } from 'viem';
import { recoverSigner } from '@/lib/keys/signer';
import type { PaymentPayload } from './schema';
import type { Terms } from './terms';

const types = {
  TransferWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' },
  ],
} as const;

/** Whether the payer's own key signed the authorization. What only a contract could have signed costs questions to the chain. */
export function isSignedByKey({ chainId, asset, name, version }: Terms, { payload: { signature, authorization } }: PaymentPayload): boolean {
  const { value, validAfter, validBefore } = authorization;
  const message = { ...authorization, value: BigInt(value), validAfter: BigInt(validAfter), validBefore: BigInt(validBefore) };
  const domain = { name, version, chainId, verifyingContract: asset };
  try {
    return recoverSigner(hashTypedData({ domain, types, primaryType: 'TransferWithAuthorization', message }), signature) === authorization.from;
  } catch {
    return false;
  }
}
