import { type Address, encodeFunctionData, erc20Abi, type Hex } from 'viem';
import { queueTransaction } from '@/lib/chain/sender/queue-transaction';
import { type ChainCall, TRANSFER_MAX_GAS } from '@/lib/chain/sender/types';
import { type Database, inTransaction } from '@/lib/db';
import { describeError, isErrorCode } from '@/lib/errors';
import { houseKey } from '@/lib/keys/sealed-keys';
import type { PayoutRail, SendingPayout, SendOutcome } from './rail';

/** What the chain's sender knows payouts by. */
export const PAYOUT_PURPOSE = 'payout';

type ChainRailOptions = {
  /** Which chain the treasury pays on. */
  chainId: () => Promise<number>;
  /** The transfer itself: ETH, or a token. */
  callFor: (payout: SendingPayout) => Promise<ChainCall>;
};

/**
 * Pays from the treasury's account. Sending is a row: the chain's sender takes one for each payout, signs it once and reports how it
 * ended (`payoutSettlement`), so no outcome is unknown here.
 */
export function chainRail(db: Database, { chainId, callFor }: ChainRailOptions): PayoutRail {
  return {
    findOutcome: (payout) => findQueued(db, payout.id),
    async send(payout): Promise<SendOutcome> {
      const { id: keyId } = await houseKey(db, 'treasury');
      const call = await callFor(payout);
      const queued = { ...call, chainId: await chainId(), keyId, purpose: PAYOUT_PURPOSE, ref: payout.id, maxGas: TRANSFER_MAX_GAS };
      await inTransaction(db.pool, (tx) => queueTransaction(tx, queued));
      return { state: 'pending' };
    },
  };
}

async function findQueued({ prisma }: Database, payoutId: string): Promise<SendOutcome | { state: 'none' }> {
  const row = await prisma.chainTransaction.findUnique({ where: { purpose_ref: { purpose: PAYOUT_PURPOSE, ref: payoutId } } });
  if (!row) return { state: 'none' };
  if (row.state === 'safe') return { state: 'sent', externalRef: row.id, txHash: row.txHash ?? undefined };
  if (row.state === 'reverted' || row.state === 'refused') return { state: 'failed', error: whyNotSent(row.error ?? row.state) };
  return { state: 'pending' };
}

/** What the creator reads: codes have a sentence, the rest is the chain's own word. */
export const whyNotSent = (error: string): string => (isErrorCode(error) ? describeError(error).message : error);

export const etherCall = ({ destination, amountOut }: SendingPayout): ChainCall => ({ to: destination as Hex, data: '0x', valueWei: amountOut });

export const tokenCall = (token: Address, { destination, amountOut }: SendingPayout): ChainCall => ({
  to: token,
  data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [destination as Hex, amountOut] }),
  valueWei: 0n,
});
