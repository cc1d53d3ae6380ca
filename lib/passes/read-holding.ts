import 'server-only';
import { BaseError, encodeFunctionData, erc721Abi, type Hex, hexToBigInt, parseAbi, RpcRequestError, size } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import { chainId } from '@/lib/chain/client';
import { isOtherChain } from '@/lib/chain/other-chains';
import { AppError } from '@/lib/errors';
import { clientOf } from './chain-head';
import { oncePerBlock } from './per-block';
import type { AccessRule } from './schema';

export type Holding = Extract<AccessRule, { kind: 'holding' }>;

const erc1155 = parseAbi(['function balanceOf(address account, uint256 id) view returns (uint256)']);
/** Bounds what a contract of somebody else may burn, and with it what it can answer: memory costs gas. */
const MOST_GAS = 200_000n;

/**
 * Whether an address holds what a rule asks for, asked of a contract that is not ours and may do anything. What it cannot say in one word
 * is not held, and nothing is on a chain that we do not read. Kept for as long as the chain's block is the newest. Throws `chain_unavailable`.
 */
export async function holds(address: string, holding: Holding): Promise<boolean> {
  const other = isOtherChain(holding.chainId) ? holding.chainId : null;
  if (other === null && holding.chainId !== (await chainId())) return false;
  const key = [address, holding.contract, holding.standard, holding.tokenId, holding.minimum].join(' ');
  return oncePerBlock(key, (blockNumber) => ask(address as Hex, holding, { other, blockNumber }), other);
}

type Where = { other: number | null; blockNumber: bigint };

async function ask(address: Hex, { contract, standard, tokenId, minimum }: Holding, where: Where): Promise<boolean> {
  const wordOf = (data: Hex) => word({ to: contract, data }, where);
  const id = tokenId === null ? null : BigInt(tokenId);
  if (standard === 'erc721' && id !== null) {
    const owner = await wordOf(encodeFunctionData({ abi: erc721Abi, functionName: 'ownerOf', args: [id] }));
    return owner === BigInt(address);
  }
  const data =
    id === null
      ? encodeFunctionData({ abi: erc721Abi, functionName: 'balanceOf', args: [address] })
      : encodeFunctionData({ abi: erc1155, functionName: 'balanceOf', args: [address, id] });
  const balance = await wordOf(data);
  return balance !== null && balance >= BigInt(minimum);
}

/** The one word a call answers, or null: no contract, a revert, too little gas, more or fewer bytes than a word. */
async function word(call: { to: Hex; data: Hex }, { other, blockNumber }: Where): Promise<bigint | null> {
  const client = await clientOf(other);
  try {
    const answer = await client.call({ ...call, blockNumber, gas: MOST_GAS });
    return answer.data && size(answer.data) === 32 ? hexToBigInt(answer.data) : null;
  } catch (error) {
    if (!isContractsFault(error)) throw new AppError('chain_unavailable', { cause: withoutUrl(error) });
    return null;
  }
}

/** What nodes say of a call that reverted, with the contract's own words behind it: those could be about anything. */
const REVERTED = 3;

/** The node did answer: that the call failed. Where it says that it was asked too often (-32005), or that it has no such block yet, it did not look. */
function isContractsFault(error: unknown): boolean {
  const answer = error instanceof BaseError ? error.walk((cause) => cause instanceof RpcRequestError) : null;
  if (!(answer instanceof RpcRequestError) || answer.code === -32_005) return false;
  return answer.code === REVERTED || !/header|block/i.test(answer.details);
}
