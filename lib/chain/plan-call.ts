import 'server-only';
import { BaseError, type Hex, InsufficientFundsError, RpcRequestError } from 'viem';
import { AppError } from '@/lib/errors';
import { withoutUrl } from './chain-error';
import { publicClient } from './client';
import type { PlannedCallDto } from './schema';

export type Call = { to: Hex; data: Hex; value?: bigint; what: string };

/** A call with what it would cost now. Throws `wrong_state` where it would revert, `chain_unavailable`. */
export async function planCall(account: Hex, { to, data, value = 0n, what }: Call): Promise<PlannedCallDto> {
  const client = publicClient();
  const gasOf = client.estimateGas({ account, to, data, value }).catch((error: unknown) => {
    if (error instanceof BaseError && error.walk((cause) => cause instanceof InsufficientFundsError)) return null;
    const answered = error instanceof BaseError && error.walk((cause) => cause instanceof RpcRequestError);
    throw new AppError(answered ? 'wrong_state' : 'chain_unavailable', { cause: withoutUrl(error) });
  });
  const [gas, fees] = await Promise.all([gasOf, client.estimateFeesPerGas()]);
  return { to, data, valueWei: value.toString(), what, gas: gas?.toString() ?? null, maxFeeWei: fees.maxFeePerGas.toString() };
}
