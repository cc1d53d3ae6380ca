import { domainSeparator, type Hex, isHex, parseAbi, parseSignature, size } from 'viem';
import type { Config, Connector } from 'wagmi';
import { readContract, signTypedData } from 'wagmi/actions';
import type { TokenPayment } from '../wallet-link';
import { isDeclined } from './explain';

const permitAbi = parseAbi([
  'function name() view returns (string)',
  'function version() view returns (string)',
  'function nonces(address owner) view returns (uint256)',
  'function DOMAIN_SEPARATOR() view returns (bytes32)',
]);
const types = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;
const SIGNATURE_BYTES = 65;
/** Long enough for a wallet's window and a slow block. */
const PERMIT_MINUTES = 30;

export type Permit = { deadline: bigint; v: number; r: Hex; s: Hex };

/**
 * The person's permission (EIP-2612) for the till to take the amount, by signature: no transaction of its own. Null where that cannot be: a
 * token without permits, a wallet that does not sign typed data, an account that is a contract. A person who says no is not asked otherwise.
 */
export async function signPermit(config: Config, connector: Connector, owner: Hex, payment: TokenPayment): Promise<Permit | null> {
  const domain = await domainOf(config, payment);
  if (!domain) return null;
  const nonce = await readContract(config, { address: payment.token, abi: permitAbi, functionName: 'nonces', args: [owner] });
  const deadline = BigInt(Math.floor(Date.now() / 1000) + PERMIT_MINUTES * 60);
  const message = { owner, spender: payment.to, value: BigInt(payment.amount), nonce, deadline };
  try {
    const signature = await signTypedData(config, { account: owner, connector, domain, types, primaryType: 'Permit', message });
    if (!isHex(signature) || size(signature) !== SIGNATURE_BYTES) return null;
    // Wallets end a signature with 27 or 28, or with 0 or 1.
    const { r, s, yParity } = parseSignature(signature);
    return { deadline, v: yParity === 1 ? 28 : 27, r, s };
  } catch (error) {
    if (isDeclined(error)) throw error;
    return null;
  }
}

/** The token's EIP-712 domain, if it is the one its separator is made of: a signature for another one would be worth nothing. */
async function domainOf(config: Config, { token, chainId }: TokenPayment) {
  const ask = { address: token, abi: permitAbi } as const;
  try {
    const [name, version, separator] = await Promise.all([
      readContract(config, { ...ask, functionName: 'name' }),
      readContract(config, { ...ask, functionName: 'version' }).catch(() => '1'),
      readContract(config, { ...ask, functionName: 'DOMAIN_SEPARATOR' }),
    ]);
    const domain = { name, version, chainId, verifyingContract: token };
    return domainSeparator({ domain }) === separator ? domain : null;
  } catch {
    return null;
  }
}
