import { x402Facilitator } from '@x402/core/facilitator';
import { ExactEvmScheme } from '@x402/evm/exact/facilitator';
import type { Hex } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient } from '@/lib/chain/client';
import { queueTransaction } from '@/lib/chain/sender/queue-transaction';
import { simulate } from '@/lib/chain/sender/simulate';
import type { ChainCall, SettlementHandler } from '@/lib/chain/sender/types';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { houseKey } from '@/lib/keys/sealed-keys';
import type { Asked, Facilitator } from './facilitator';
import { BELIEVED_AFTER_SECONDS } from './open-payments';
import { paymentPayload } from './schema';
import { transferCall } from './transfer-call';

const PURPOSE = 'x402';
/** USDC takes some 90,000 for an account; a contract that signs may take more, and decides how much. */
const MAX_GAS = 200_000n;

const never = (): never => {
  throw new Error('settled by lib/chain/sender alone');
};

/**
 * The house as its own facilitator: x402's library verifies, and the treasury's transactions settle, sent by lib/chain/sender. The library would send them
 * with a nonce of its own beside the sender's, and a process that died between sending and hearing would have lost them.
 */
export function ownFacilitator(db: Database): Facilitator {
  return {
    async verify({ chainId, payload, requirements }: Asked) {
      const [client, treasury] = [publicClient(), (await houseKey(db, 'treasury')).signer.address];
      const { readContract, verifyTypedData, getCode } = client as unknown as Record<'readContract' | 'verifyTypedData' | 'getCode', never>;
      const signer = { getAddresses: () => [treasury], readContract, verifyTypedData, getCode };
      const scheme = new ExactEvmScheme({ ...signer, writeContract: never, sendTransaction: never, waitForTransactionReceipt: never });
      const library = new x402Facilitator().register(`eip155:${chainId}`, scheme);
      try {
        const { isValid, invalidReason } = await library.verify(payload, requirements);
        if (!isValid) return invalidReason ?? 'refused';
        const run = await simulate(client, treasury, transferCall(requirements.asset, payload));
        if (run.kind === 'unfunded') throw new AppError('unavailable', { cause: new Error('the treasury has no ETH to settle payments with') });
        if (run.kind !== 'runs') return 'would_not_settle';
        return run.gas > MAX_GAS ? 'too_much_gas' : null;
      } catch (error) {
        throw error instanceof AppError ? error : new AppError('chain_unavailable', { cause: withoutUrl(error) });
      }
    },
    async settle({ id: ref, chainId, payload, requirements }: Asked) {
      const { id: keyId } = await houseKey(db, 'treasury');
      const call = transferCall(requirements.asset, payload);
      await inTransaction(db.pool, (tx) => queueTransaction(tx, { ...call, chainId, keyId, purpose: PURPOSE, ref, maxGas: MAX_GAS }));
      return null;
    },
  };
}

/** What was queued is sent only for a run that still waits for it, or was released: nothing is charged for one that has ended meanwhile. */
async function renewCall({ pool }: Database, id: string): Promise<ChainCall> {
  const { rows } = await pool.query<{ asset: Hex; payload: unknown }>(
    `SELECT p.asset, p.payload FROM x402_payment p JOIN generation g ON g.x402_payment_id = p.id
      WHERE p.id = $1 AND (g.state = 'captured' OR (g.state = 'running' AND g.delivered_at IS NOT NULL))`,
    [id],
  );
  if (!rows[0]) throw new AppError('wrong_state');
  return transferCall(rows[0].asset, paymentPayload.parse(rows[0].payload));
}

/** The sender says how a settlement's transaction ended. What came of it is read from the chain: somebody else may have sent the same authorization. */
export const settlementHandlers: SettlementHandler[] = [
  {
    purpose: PURPOSE,
    renewCall,
    async onSettled(tx, { ref, outcome, error }) {
      const refusal = outcome === 'safe' ? null : (error ?? outcome);
      // Our own refusal counts no sooner than another's: the node that is asked next may be a block behind the one that refused.
      const inSeconds = refusal === null ? 0 : BELIEVED_AFTER_SECONDS;
      await tx.query('UPDATE x402_payment SET refusal = $2, look_at = now() + make_interval(secs => $3) WHERE id = $1', [ref, refusal, inSeconds]);
    },
  },
];
