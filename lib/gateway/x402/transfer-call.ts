import { encodeFunctionData, type Hex, parseAbi, parseSignature } from 'viem';
import type { ChainCall } from '@/lib/chain/sender/types';
import type { PaymentPayload } from './schema';

export const eip3009 = parseAbi([
  'function transferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce,uint8 v,bytes32 r,bytes32 s)',
  'function transferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce,bytes signature)',
  'function balanceOf(address) view returns (uint256)',
  'function authorizationState(address authorizer,bytes32 nonce) view returns (bool)',
  'event AuthorizationUsed(address indexed authorizer,bytes32 indexed nonce)',
  'event AuthorizationCanceled(address indexed authorizer,bytes32 indexed nonce)',
  'event Transfer(address indexed from,address indexed to,uint256 value)',
]);

/** The call that a signed authorization allows anybody to make. An account's signature goes in three parts, which every USDC takes. */
export function transferCall(asset: Hex, { payload: { signature, authorization } }: PaymentPayload): ChainCall {
  const { from, to, value, validAfter, validBefore, nonce } = authorization;
  const args = [from, to, BigInt(value), BigInt(validAfter), BigInt(validBefore), nonce] as const;
  const data = (() => {
    if (signature.length !== 132) {
      return encodeFunctionData({ abi: eip3009, functionName: 'transferWithAuthorization', args: [...args, signature] });
    }
    const { r, s, yParity } = parseSignature(signature);
    return encodeFunctionData({ abi: eip3009, functionName: 'transferWithAuthorization', args: [...args, 27 + yParity, r, s] });
  })();
  return { to: asset, data, valueWei: 0n };
}
