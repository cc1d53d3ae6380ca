import { HTTPFacilitatorClient } from '@x402/core/http';
import { AppError } from '@/lib/errors';
import type { Asked, Facilitator } from './facilitator';

const TIMEOUT_MS = 30_000;

/** Somebody else's, by HTTP. One that is not there leaves everything as it is: nothing starts, and what is delivered is asked for again. */
export function remoteFacilitator(url: string): Facilitator {
  const client = new HTTPFacilitatorClient({ url, timeoutMs: TIMEOUT_MS });
  return {
    async verify({ payload, requirements }: Asked) {
      const { isValid, invalidReason } = await client.verify(payload, requirements).catch((cause: unknown) => {
        throw new AppError('unavailable', { cause });
      });
      return isValid ? null : (invalidReason ?? 'refused');
    },
    async settle({ payload, requirements }: Asked) {
      const { success, transaction, errorReason } = await client.settle(payload, requirements);
      // What it has sent, or says is under way, is no refusal: the chain will tell what became of it.
      return success || transaction || errorReason === 'settlement_pending' ? null : (errorReason ?? 'refused');
    },
  };
}
