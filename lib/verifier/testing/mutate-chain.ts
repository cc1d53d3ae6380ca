import { decodeFunctionData, encodeFunctionResult, type Hex, zeroAddress } from 'viem';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { workCollectionFactoryAbi } from '@/lib/chain/abi/work-collection-factory';
import type { ChainReader } from '../chain-reader';
import type { TestHouse } from './house';
import type { Mutation } from './mutations';
import type { Random } from './random';

const abi = [
  ...workCollectionAbi,
  ...workCollectionFactoryAbi.filter((entry) => entry.type === 'function' && entry.name === 'isCollection'),
] as never;

function nameOf(data: Hex): string {
  try {
    return decodeFunctionData({ abi: abi as typeof workCollectionAbi, data }).functionName;
  } catch {
    return '';
  }
}

/** The real chain, which answers one question otherwise. */
function answering(reader: ChainReader, functionName: string, result: unknown): ChainReader {
  const data = result === null ? null : encodeFunctionResult({ abi, functionName, result } as never);
  return { ...reader, call: async (to, asked) => (nameOf(asked) === functionName ? data : reader.call(to, asked)) };
}

/** A chain on which one fact is another one. */
export function changeChain(random: Random, { reader }: TestHouse): Mutation {
  const version = (signer: Hex) => ({ signer, revokedAt: 0, cap: 1, minted: 1, hasSale: false });
  return random.pick<() => Mutation>([
    () => ({ name: 'no factory made it', chain: answering(reader, 'isCollection', false), rows: ['factory'] }),
    () => ({ name: 'another owner', chain: answering(reader, 'owner', random.hex(20)), rows: ['creator'] }),
    () => ({ name: 'another key', chain: answering(reader, 'versionOf', version(random.hex(20))), rows: ['signature'] }),
    () => ({ name: 'an unknown version', chain: answering(reader, 'versionOf', version(zeroAddress)), rows: ['version'] }),
    () => ({ name: 'another record', chain: answering(reader, 'verifyRecord', false), rows: ['minted'] }),
    () => ({ name: 'a burned token', chain: answering(reader, 'ownerOf', null), rows: ['owner'] }),
    () => {
      const chain = answering(reader, 'versionOf', version(random.hex(20)));
      return { name: 'a contract that refuses', chain: { ...chain, code: async () => '0x6001' as const }, rows: ['signature'] };
    },
  ])();
}
