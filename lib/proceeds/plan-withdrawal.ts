import 'server-only';
import { encodeFunctionData, type Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { withoutUrl } from '@/lib/chain/chain-error';
import { planCall } from '@/lib/chain/plan-call';
import type { CallPlanDto } from '@/lib/chain/schema';
import { AppError } from '@/lib/errors';
import { type Collection, readBalance } from './read-balance';

/**
 * What the creator's wallet has to send to take out what their collection earned: to itself, or to the payout that it was made with.
 * `earners` completes 'Sends what …'. Throws `forbidden` (the collection was handed over), `nothing_to_withdraw`, `wrong_state`, `chain_unavailable`.
 */
export async function planCollectionWithdrawal({ address: wallet }: Actor, collection: Collection, earners: string): Promise<CallPlanDto> {
  const account = wallet as Hex;
  const { free, payout, owner } = await readBalance(collection).catch((cause: unknown) => {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  });
  if (!payout && owner.toLowerCase() !== account.toLowerCase()) throw new AppError('forbidden');
  if (free <= 0n) throw new AppError('nothing_to_withdraw');
  const data = encodeFunctionData({ abi: workCollectionAbi, functionName: 'withdraw', args: [payout ?? account] });
  const what = `Sends what ${earners} earned to ${payout ?? 'your wallet'}`;
  const { chainId, address } = collection;
  return { chainId, collection: address, calls: [await planCall(account, { to: address as Hex, data, what })] };
}
