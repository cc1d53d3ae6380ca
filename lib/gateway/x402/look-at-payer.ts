import 'server-only';
import type { Hex } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient } from '@/lib/chain/client';
import { AppError } from '@/lib/errors';
import { eip3009 } from './transfer-call';

/** Where the chain is, and what a payer has of a token there. Throws `chain_unavailable`. */
export async function lookAtPayer(asset: Hex, payer: Hex): Promise<{ head: bigint; balance: bigint }> {
  const client = publicClient();
  try {
    const [head, balance] = await Promise.all([
      client.getBlockNumber(),
      client.readContract({ address: asset, abi: eip3009, functionName: 'balanceOf', args: [payer] }),
    ]);
    return { head, balance };
  } catch (cause) {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  }
}
