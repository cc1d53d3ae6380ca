import 'server-only';
import { BaseError, encodeFunctionData, erc721Abi, type Hex, hexToBigInt, parseAbi, RpcRequestError, size } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import { chainId, publicClient } from '@/lib/chain/client';
import { AppError } from '@/lib/errors';
import { oncePerBlock } from './per-block';
import type { AccessRule } from './schema';

export type Holding = Extract<AccessRule, { kind: 'holding' }>;

const erc1155 = parseAbi(['function balanceOf(address account, uint256 id) view returns (uint256)']);
/** Bounds what a contract of somebody else may burn, and with it what it can answer: memory costs gas. */
const MOST_GAS = 200_000n;

/**
 * Whether an address holds what a rule asks for, asked of a contract that is not ours and may do anything. What it cannot say in one word
 * is not held. Kept for as long as the block is the newest. Throws `chain_unavailable`.
 */
export async function holds(address: string, holding: Holding): Promise<boolean> {
  if (holding.chainId !== (await chainId())) return false;
  const key = [address, holding.contract, holding.standard, holding.tokenId, holding.minimum].join(' ');
  return oncePerBlock(key, (blockNumber) => ask(address as Hex, holding, blockNumber));
}

async function ask(address: Hex, { contract, standard, tokenId, minimum }: Holding, blockNumber: bigint): Promise<boolean> {
  const wordOf = (data: Hex) => word({ to: contract, data, blockNumber });
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
async function word(call: { to: Hex; data: Hex; blockNumber: bigint }): Promise<bigint | null> {
  try {
    const answer = await publicClient().call({ ...call, gas: MOST_GAS });
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
