import {
  type Address,
  compactSignatureToSignature,
  type Hex,
  hashMessage,
  isErc6492Signature,
  type PublicClient,
  parseCompactSignature,
  parseSignature,
  type SignableMessage,
  serializeSignature,
} from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import { AppError } from '@/lib/errors';
import { recoverSigner } from '@/lib/keys/signer';

/**
 * Whether the account signed the message: a key's own signature (ERC-191), a contract account's (ERC-1271), or that of a contract
 * account not deployed yet (ERC-6492).
 *
 * A key's signature is recovered here and needs no chain. For the rest the chain is asked first whether it answers at all, because the
 * library reports an unreachable chain as "not valid". Throws `chain_unavailable`.
 */
export async function isSignedBy(client: PublicClient, address: Address, message: SignableMessage, signature: Hex): Promise<boolean> {
  return isSignedByKey(address, message, signature) || (await isSignedByContract(client, address, message, signature));
}

/** Whether the account's own key signed the message: in wasm, without a question to anybody. */
export function isSignedByKey(address: Address, message: SignableMessage, signature: Hex): boolean {
  // 65 bytes, or 64 in the compact form of ERC-2098.
  if (signature.length !== 132 && signature.length !== 130) return false;
  try {
    return recoverSigner(hashMessage(message), canonical(signature)) === address.toLowerCase();
  } catch {
    return false;
  }
}

/** Asks the account's contract on the chain, deployed or not. Throws `chain_unavailable`. */
export async function isSignedByContract(client: PublicClient, address: Address, message: SignableMessage, signature: Hex): Promise<boolean> {
  try {
    const code = await client.getCode({ address });
    if (!code && !isErc6492Signature(signature)) return false;
    return await client.verifyMessage({ address, message, signature });
  } catch (cause) {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  }
}

/** r ‖ s ‖ v with v 27 or 28: some wallets write 0 or 1, or the compact form. */
function canonical(signature: Hex): Hex {
  if (signature.length === 132) return /1[bc]$/.test(signature) ? signature : serializeSignature(parseSignature(signature));
  return serializeSignature(compactSignatureToSignature(parseCompactSignature(signature)));
}
