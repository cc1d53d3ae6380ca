import { encodeFunctionData, type Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { tillAbi } from '@/lib/chain/abi/till';
import { deploymentOf } from '@/lib/chain/deployments';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { testChain } from '@/lib/chain/testing/env-chain';
import type { TestChain } from '@/lib/chain/testing/local-chain';
import { accountOf, balanceOf, openAccount } from '@/lib/credits/accounts';
import { captureHold } from '@/lib/credits/capture-hold';
import { holdCredits } from '@/lib/credits/hold-credits';
import { getBalance } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { newId } from '@/lib/ids';
import { chainHandlers } from '../chain-handlers';
import { quoteDeposit } from '../quote-deposit';

/** 500 credits at US$2,500. */
export const FIVE_DOLLARS_WEI = 2_000_000_000_000_000n;
export const CHAIN = 31_337;

/** What tests at the till need: the file's own chain (or another one in the same state), the real contracts on it, the real indexer, and collectors who pay and spend. */
export function tillFixture(db: Database, confirmations: number, chain: TestChain = testChain) {
  const deployed = () => deploymentOf(CHAIN);

  async function signUp(address: Hex = `0x${newId().replaceAll('-', '')}00000000`): Promise<Actor> {
    const user = await db.prisma.user.create({ data: { id: newId(), address: address.toLowerCase() } });
    return { userId: user.id, address: address.toLowerCase() as Hex, sessionId: newId() };
  }

  const pay = (memo: Hex, wei: bigint, from = 0, to = deployed().current('till')) =>
    chain.send(to, encodeFunctionData({ abi: tillAbi, functionName: 'deposit', args: [memo] }), wei, from);

  return {
    signUp,
    pay,
    usdc: () => deployed().standIns?.usdc ?? '0x',
    till: () => deployed().current('till'),
    indexer: (embedded = true, handlers = chainHandlers) => createIndexer({ handlers, embedded, confirmations, client: chain.client }),
    available: async (of: Actor) => BigInt((await getBalance(db, of)).availableMillicredits),
    clearing: async () => (await balanceOf(db.pool, await openAccount(db.pool, 'till_clearing', 'house'))).posted,

    /** Sends the quoted payment of 500 credits; it is in the next block. */
    async payQuote(actor: Actor): Promise<{ memo: Hex; hash: Hex; raw: Hex }> {
      const quote = await quoteDeposit(db, actor, { credits: 500 });
      const hash = await pay(quote.memo, BigInt(quote.amount));
      const raw = await chain.client.request<{ Method: string; Parameters: [Hex]; ReturnType: Hex }>({
        method: 'eth_getRawTransactionByHash',
        params: [hash],
      });
      return { memo: quote.memo, hash, raw };
    },

    /** Spends from the collector's lots, as a run would. */
    async spend(actor: Actor, amountMillicredits: bigint): Promise<void> {
      const [id, fee] = [newId(), await accountOf(db, 'platform_fee', 'house')];
      await holdCredits(db.pool, { id, userId: actor.userId, amountMillicredits, ttlSeconds: 60 });
      await captureHold(db.pool, { id, splits: [{ pending: fee, available: fee, amountMillicredits, code: 'run_fee' }] }, 'run');
    },

    /** Replaces the last `depth` blocks with as many others, which hold these transactions at these places. */
    reorg: (depth: number, transactions: [Hex, number][] = []) =>
      chain.test.request<{ Method: string; Parameters: [number, [Hex, number][]]; ReturnType: null }>({
        method: 'anvil_reorg',
        params: [depth, transactions],
      }),

    /** All that a test may have left but the ledger, which forgets nothing. */
    forget: () => db.pool.query('DELETE FROM deposit; DELETE FROM chain_block; DELETE FROM chain_halt'),
  };
}
