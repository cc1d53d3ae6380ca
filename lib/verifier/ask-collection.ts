import { decodeFunctionResult, encodeFunctionData, type Hex, zeroAddress } from 'viem';
import { dropCollectionAbi } from '@/lib/chain/abi/drop-collection';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { workCollectionFactoryAbi } from '@/lib/chain/abi/work-collection-factory';
import type { ChainReader } from './chain-reader';
import type { Trust } from './schema';

/** `keyOwner`: who owns the collection in which the version's key is registered. Of a drop that is another one than the drop itself. */
type Ours = {
  kind: 'work' | 'drop';
  factory: Hex;
  owner: Hex;
  keyOwner: Hex;
  signer: Hex | null;
  revokedAt: number | null;
  signerIsContract: boolean;
};

/** What the chain says of a collection. `silent`: it could not be asked, and why. `foreign`: made by no factory of ours. */
export type CollectionFacts = { state: 'silent'; why: string } | { state: 'foreign' } | ({ state: 'ours' } & Ours);

export type Asked = { chainId: number; collection: Hex; version: Hex };

/** True, false, or null where nothing that answers like a factory stands at the address. */
async function made(chain: ChainReader, factory: Hex, collection: Hex): Promise<boolean | null> {
  // All kinds of factories answer alike (CollectionFactory.sol).
  const call = { abi: workCollectionFactoryAbi, functionName: 'isCollection' } as const;
  const answer = await chain.call(factory, encodeFunctionData({ ...call, args: [collection] }));
  return answer === null || answer === '0x' ? null : decodeFunctionResult({ ...call, data: answer });
}

async function factoryOf(chain: ChainReader, trust: Trust, { chainId, collection }: Asked) {
  const { work = [], drop = [] } = trust.factories[chainId] ?? {};
  const factories = [...work.map((address) => ({ kind: 'work' as const, address })), ...drop.map((address) => ({ kind: 'drop' as const, address }))];
  const answers = await Promise.all(factories.map(({ address }) => made(chain, address, collection)));
  const at = answers.indexOf(true);
  return { factory: factories[at], isAnyThere: answers.some((answer) => answer !== null) };
}

/** Owner, and the key of a version. A drop has no keys of its own: it asks the creator's collection, which may have got another owner since. */
async function readKeys(chain: ChainReader, collection: Hex, kind: 'work' | 'drop', version: Hex) {
  const ask = async (to: Hex, data: Hex): Promise<Hex> => {
    const answer = await chain.call(to, data);
    if (answer === null) throw new Error('a collection of ours refused a question');
    return answer;
  };
  const worksCall = { abi: dropCollectionAbi, functionName: 'works' } as const;
  const keyring = kind === 'work' ? collection : decodeFunctionResult({ ...worksCall, data: await ask(collection, encodeFunctionData(worksCall)) });
  const ownerCall = { abi: workCollectionAbi, functionName: 'owner' } as const;
  const versionCall = { abi: workCollectionAbi, functionName: 'versionOf' } as const;
  const [owner, keyOwner, key] = await Promise.all([
    ask(collection, encodeFunctionData(ownerCall)),
    ask(keyring, encodeFunctionData(ownerCall)),
    ask(keyring, encodeFunctionData({ ...versionCall, args: [version] })),
  ]);
  const ownerIn = (data: Hex) => decodeFunctionResult({ ...ownerCall, data });
  return { owner: ownerIn(owner), keyOwner: ownerIn(keyOwner), key: decodeFunctionResult({ ...versionCall, data: key }) };
}

/** Asks our factories first. A contract of somebody else's is asked nothing: its answers would prove nothing. */
export async function askCollection(chain: ChainReader | undefined, trust: Trust, asked: Asked): Promise<CollectionFacts> {
  const silent = (why: string): CollectionFacts => ({ state: 'silent', why });
  if (!chain) return silent('No chain was asked.');
  try {
    const chainId = await chain.chainId();
    if (chainId !== asked.chainId) return silent(`The record is of chain ${asked.chainId}; the node is of chain ${chainId}.`);
    if (!trust.factories[chainId]) return silent(`No factory of ours is known for chain ${chainId}.`);
    const { factory, isAnyThere } = await factoryOf(chain, trust, asked);
    if (!factory) return isAnyThere ? { state: 'foreign' } : silent('Our factories do not stand on the chain that answers.');
    const { owner, keyOwner, key } = await readKeys(chain, asked.collection, factory.kind, asked.version);
    const signer = key.signer === zeroAddress ? null : key.signer;
    const signerIsContract = signer !== null && (await chain.code(signer)) !== '0x';
    const { kind, address } = factory;
    return { state: 'ours', kind, factory: address, owner, keyOwner, signer, revokedAt: Number(key.revokedAt) || null, signerIsContract };
  } catch (error) {
    return silent(`The chain gave no usable answer: ${reasonOf(error)}`);
  }
}

/** Without addresses of nodes, which can hold a key of whoever runs this. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? ((error as { shortMessage?: string }).shortMessage ?? error.message) : String(error);
  return (message.split('\n')[0] ?? '').replace(/https?:\/\/\S+/g, 'the node').slice(0, 200);
}
