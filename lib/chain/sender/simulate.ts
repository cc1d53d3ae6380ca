import { BaseError, ExecutionRevertedError, type Hex, InsufficientFundsError, type PublicClient } from 'viem';
import { withoutUrl } from '../chain-error';
import type { ChainCall } from './types';

/** `reverts`: it would undo itself. `unfunded`: the key cannot pay for it. */
export type Simulation = { kind: 'runs'; gas: bigint } | { kind: 'reverts' | 'unfunded'; reason: string };

const found = (error: unknown, kind: typeof ExecutionRevertedError | typeof InsufficientFundsError) =>
  error instanceof BaseError && error.walk((cause) => cause instanceof kind) !== null;

/**
 * Tries a call on the newest block's state without sending it; not on the pending one, in which an attempt of its own may have happened
 * already. Throws only when the chain does not answer.
 */
export async function simulate(client: PublicClient, from: Hex, { to, data, valueWei }: ChainCall): Promise<Simulation> {
  try {
    return { kind: 'runs', gas: await client.estimateGas({ account: from, to, data, value: valueWei, blockTag: 'latest' }) };
  } catch (error) {
    const reason = withoutUrl(error).message.slice(0, 300);
    if (found(error, InsufficientFundsError)) return { kind: 'unfunded', reason };
    if (found(error, ExecutionRevertedError)) return { kind: 'reverts', reason };
    throw error;
  }
}
