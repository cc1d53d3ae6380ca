import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { tillAbi } from '@/lib/chain/abi/till';
import { deploymentOf } from '@/lib/chain/deployments';
import { startTestChain, type TestChain } from '@/lib/chain/testing/local-chain';
import type { Database } from '@/lib/db';
import { CHAIN, tillFixture } from './till-fixture';

/** `state` is the dump of a chain with the contracts on it. */
type Case = { db: Database; state: Hex; depth: number; confirmations: number; embedded: boolean; random: () => number };

/**
 * One payment of 500 credits, somewhere in the last `depth` blocks, which then are replaced: it comes back in another block of the fork, or
 * is left out and sent anew. After each step the deposits that stand must be those on the chain. Returns who paid, when it is confirmed.
 */
export async function payThroughReorg(given: Case): Promise<Actor> {
  // A chain for each: anvil loses old states and snapshots when it is made to reorganise often.
  const chain = await startTestChain();
  try {
    await chain.test.loadState({ state: given.state });
    // The contracts stay, however deep the fork.
    await chain.mine(given.depth);
    return await payOn(chain, given);
  } finally {
    await chain.stop();
  }
}

async function payOn(chain: TestChain, { db, depth, confirmations, embedded, random }: Case): Promise<Actor> {
  const till = tillFixture(db, confirmations, chain);
  const actor = await till.signUp();
  const { run } = till.indexer(embedded);
  const look = async () => {
    await run(db);
    await expectSameAsChain(db, chain);
  };
  const { raw } = await till.payQuote(actor);
  await chain.mine(1 + Math.floor(random() * depth));
  await look();
  const isKept = random() < 0.5;
  await till.reorg(depth, isKept ? [[raw, Math.floor(random() * depth)]] : []);
  await look();
  if (!isKept) await chain.client.request({ method: 'eth_sendRawTransaction', params: [raw] });
  await chain.mine();
  await look();
  await chain.mine(confirmations);
  await look();
  return actor;
}

/** Deposits that stand, and the chain's own logs of the till, by block and transaction. */
async function expectSameAsChain(db: Database, chain: TestChain): Promise<void> {
  const rows = await db.prisma.deposit.findMany({ where: { state: { not: 'reversed' } }, select: { blockHash: true, txHash: true } });
  const address = deploymentOf(CHAIN).current('till');
  const logs = await chain.client.getContractEvents({ address, abi: tillAbi, eventName: 'Deposited', fromBlock: 0n });
  const name = (place: { blockHash: string | null; txHash: string | Hex }) => `${place.blockHash} ${place.txHash}`;
  const [ours, theirs] = [rows.map(name).sort(), logs.map((log) => name({ blockHash: log.blockHash, txHash: log.transactionHash })).sort()];
  if (ours.join() !== theirs.join()) throw new Error(`deposits ${ours} are not what the chain has: ${theirs}`);
}
