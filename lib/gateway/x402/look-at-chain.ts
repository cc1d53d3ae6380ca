import { getAbiItem, type Hex, type Log, type PublicClient, parseEventLogs } from 'viem';
import { smaller } from '@/lib/money';
import { eip3009 } from './transfer-call';

/** Where the authorization was used, as lib/payments names a payment. */
export type Place = { blockHash: Hex; blockNumber: bigint; txHash: Hex; ordinal: number; at: Date };
/** `void`: its nonce is used up, and not for this: the payer cancelled it, or signed something else with it. */
export type Sight = { kind: 'unused' } | { kind: 'paid' | 'void'; place: Place };

export type Authorization = { asset: Hex; payer: Hex; nonce: Hex; payTo: Hex; amount: bigint; fromBlock: bigint };

const ends = [getAbiItem({ abi: eip3009, name: 'AuthorizationUsed' }), getAbiItem({ abi: eip3009, name: 'AuthorizationCanceled' })];

/** Providers cap the span of one question: it is halved down to this before a failure counts. */
const LEAST_SPAN = 100n;
const FIRST_SPAN = 10_000n;

/** The log of an authorization's end. It lasts a day at most, which may be more blocks than a provider looks through at once. */
async function findEnd(client: PublicClient, { asset, payer, nonce, fromBlock }: Authorization) {
  const head = await client.getBlockNumber({ cacheTime: 0 });
  let span = FIRST_SPAN;
  for (let from = fromBlock; from <= head; ) {
    const last = smaller(from + span - 1n, head);
    const find = (event: (typeof ends)[number]) =>
      client.getLogs({ address: asset, event, args: { authorizer: payer, nonce }, fromBlock: from, toBlock: last });
    try {
      const [end] = (await Promise.all(ends.map(find))).flat();
      if (end) return end;
      from = last + 1n;
    } catch (error) {
      if (span <= LEAST_SPAN) throw error;
      span /= 2n;
    }
  }
  throw new Error('an authorization is used, and no log says where');
}

/**
 * What the chain says of an authorization now. That somebody says it was settled, or was not, decides nothing: anybody may send it, and an answer may be
 * lost. Throws when the chain does not answer, or when its nodes contradict each other.
 */
export async function lookAtChain(client: PublicClient, authorization: Authorization): Promise<Sight> {
  const { asset, payer, nonce } = authorization;
  const isUsed = await client.readContract({ address: asset, abi: eip3009, functionName: 'authorizationState', args: [payer, nonce] });
  if (!isUsed) return { kind: 'unused' };
  const end = await findEnd(client, authorization);
  const [receipt, block] = await Promise.all([
    client.getTransactionReceipt({ hash: end.transactionHash }),
    client.getBlock({ blockHash: end.blockHash, includeTransactions: false }),
  ]);
  if (receipt.blockHash !== end.blockHash) throw new Error('the chain moved while it was looked at');
  const at = receipt.logs.findIndex(({ logIndex }) => logIndex === end.logIndex);
  // A token that marks an authorization as used moves its money next.
  const next = receipt.logs.findIndex(({ address }, i) => i > at && address.toLowerCase() === asset);
  const isPaid = end.eventName === 'AuthorizationUsed' && isTransferOf(receipt.logs[next], authorization);
  const place = { blockHash: block.hash, blockNumber: block.number, txHash: receipt.transactionHash, ordinal: isPaid ? next : at };
  return { kind: isPaid ? 'paid' : 'void', place: { ...place, at: new Date(Number(block.timestamp) * 1000) } };
}

function isTransferOf(log: Log | undefined, { payer, payTo, amount }: Authorization): boolean {
  const [moved] = parseEventLogs({ abi: eip3009, eventName: 'Transfer', logs: log ? [log] : [] });
  return moved?.args.from.toLowerCase() === payer && moved.args.to.toLowerCase() === payTo && moved.args.value === amount;
}
