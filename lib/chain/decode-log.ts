import { type Abi, AbiEventSignatureNotFoundError, type DecodeEventLogReturnType, decodeEventLog } from 'viem';
import type { ChainLog } from './types';

/** The event of a log, or null when it is none of the ABI's. */
export function decodeLog<const A extends Abi>(abi: A, log: ChainLog): DecodeEventLogReturnType<A> | null {
  const [signature, ...indexed] = log.topics;
  if (!signature) return null;
  try {
    return decodeEventLog({ abi, topics: [signature, ...indexed], data: log.data }) as DecodeEventLogReturnType<A>;
  } catch (error) {
    if (error instanceof AbiEventSignatureNotFoundError) return null;
    throw error;
  }
}
