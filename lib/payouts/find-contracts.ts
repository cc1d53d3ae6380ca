import type { Hex, PublicClient } from 'viem';
import { log } from '@/lib/log';
import type { PayoutDto } from './schema';

/**
 * Destinations of ETH that are contracts: their code runs when they are paid. Operators see it before they approve. Null when the chain
 * does not answer: a list that waits for it would show nothing at all.
 */
export async function findContracts(client: PublicClient, payouts: Pick<PayoutDto, 'rail' | 'destination'>[]): Promise<Set<string> | null> {
  const addresses = [...new Set(payouts.flatMap(({ rail, destination }) => (rail === 'eth' ? [destination] : [])))];
  try {
    const codes = await Promise.all(addresses.map((address) => client.getCode({ address: address as Hex })));
    return new Set(addresses.filter((_, i) => codes[i]));
  } catch (err) {
    log.warn({ err }, 'the chain does not say which destinations are contracts');
    return null;
  }
}
