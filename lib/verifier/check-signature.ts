import { decodeFunctionResult, encodeFunctionData, type Hex, isAddressEqual, parseAbi, recoverAddress, size, slice } from 'viem';
import type { ChainReader } from './chain-reader';

const abi = parseAbi(['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)']);
const ACCEPTED = '0x1626ba7e';

/** Who signed a digest with a plain key, as the chain's ecrecover says; null where nobody did. 65 bytes, or 64 (EIP-2098). */
export async function recover(hash: Hex, signature: Hex): Promise<Hex | null> {
  try {
    if (size(signature) === 64) return await recoverAddress({ hash, signature: widen(signature) });
    const isPlain = size(signature) === 65 && ['0x1b', '0x1c'].includes(slice(signature, 64));
    return isPlain ? await recoverAddress({ hash, signature }) : null;
  } catch {
    return null;
  }
}

function widen(compact: Hex): Hex {
  const second = BigInt(slice(compact, 32));
  const s = second & ((1n << 255n) - 1n);
  return `${slice(compact, 0, 32)}${s.toString(16).padStart(64, '0')}${second >> 255n ? '1c' : '1b'}`;
}

export type SignatureFinding = { holds: boolean; detail: string };

/** As the contracts do it (Signatures.sol): the plain key first, since an account with delegated code signs with it, too; then ERC-1271. */
export async function checkSignature(
  chain: ChainReader,
  { signer, isContract, hash, signature }: { signer: Hex; isContract: boolean; hash: Hex; signature: Hex },
): Promise<SignatureFinding> {
  const by = await recover(hash, signature);
  if (by && isAddressEqual(by, signer)) return { holds: true, detail: `Signed by the key ${signer}, which is the one registered.` };
  if (!isContract) {
    const detail = by ? `Signed by ${by}, registered is ${signer}.` : `The signature is not one. Registered is ${signer}.`;
    return { holds: false, detail };
  }
  const answer = await chain.call(signer, encodeFunctionData({ abi, functionName: 'isValidSignature', args: [hash, signature] }));
  const holds = isAccepted(answer);
  return { holds, detail: `The account ${signer} is a contract, and ${holds ? 'accepts' : 'refuses'} the signature (ERC-1271).` };
}

function isAccepted(answer: Hex | null): boolean {
  try {
    return answer !== null && decodeFunctionResult({ abi, functionName: 'isValidSignature', data: answer }) === ACCEPTED;
  } catch {
    return false;
  }
}
