import { BaseError } from 'viem';

/** What went wrong with a call to the chain, in a line for the log. viem's own messages quote RPC_URL, which may hold a provider's key. */
export function withoutUrl(error: unknown): Error {
  if (error instanceof BaseError) return new Error([error.shortMessage, error.details].filter(Boolean).join(' '));
  return error instanceof Error ? error : new Error(String(error));
}
