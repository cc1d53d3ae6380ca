import { type Address, type Hex, hashMessage, isAddressEqual, isErc6492Signature, type PublicClient, recoverAddress } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import { AppError } from '@/lib/errors';

/**
 * Whether the account signed the message: a key's own signature (ERC-191), a contract account's (ERC-1271), or that of a contract
 * account not deployed yet (ERC-6492).
 *
 * A key's signature is recovered here and needs no chain. For the rest the chain is asked first whether it answers at all, because the
 * library reports an unreachable chain as "not valid". Throws `chain_unavailable`.
 */
export async function isSignedBy(client: PublicClient, address: Address, message: string, signature: Hex): Promise<boolean> {
  if (await isKeySignature(address, message, signature)) return true;
  try {
    const code = await client.getCode({ address });
    if (!code && !isErc6492Signature(signature)) return false;
    return await client.verifyMessage({ address, message, signature });
  } catch (cause) {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  }
}

async function isKeySignature(address: Address, message: string, signature: Hex): Promise<boolean> {
  // 65 bytes, or 64 in the compact form of ERC-2098.
  if (signature.length !== 132 && signature.length !== 130) return false;
  try {
    return isAddressEqual(await recoverAddress({ hash: hashMessage(message), signature }), address);
  } catch {
    return false;
  }
}
