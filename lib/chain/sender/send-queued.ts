import { AppError, describeError } from '@/lib/errors';
import { signerOf } from '@/lib/keys/sealed-keys';
import { smaller } from '@/lib/money';
import { broadcast } from './broadcast';
import { currentFees } from './fees';
import type { Place } from './place';
import type { TransactionRow } from './rows';
import { settle } from './settle';
import { signAttempt } from './sign-attempt';
import { simulate } from './simulate';
import { takeNonce } from './take-nonce';
import { type ChainCall, TOO_MUCH_GAS } from './types';

/** An estimate is of one block, and the next may ask for a little more; never above what the transaction may cost. */
const withMargin = (gas: bigint, maxGas: bigint | null) => (maxGas === null ? gas + gas / 4n : smaller(gas + gas / 4n, maxGas));

/** Sends a transaction for the first time. Whatever can be known to fail fails here, before it takes a nonce: it costs nothing then. */
export async function sendQueued(place: Place, row: TransactionRow): Promise<void> {
  const { db, client, head, limits, alerts } = place;
  const call = await callToSend(place, row);
  if (call === null) return;
  const { address } = await signerOf(db, row.keyId);
  const simulation = await simulate(client, address, call);
  if (simulation.kind === 'reverts') return settle(place, row, { outcome: 'refused', error: simulation.reason });
  if (simulation.kind === 'runs' && row.maxGas !== null && simulation.gas > row.maxGas) {
    return settle(place, row, { outcome: 'refused', error: TOO_MUCH_GAS });
  }
  const fees = await currentFees(client, head.baseFeeWei, limits.maxFeeWei);
  if (!fees) return alerts('gas_too_dear', row.keyId, { baseFeeWei: head.baseFeeWei.toString() });
  const [nonce, balanceWei] = await Promise.all([client.getTransactionCount({ address }), client.getBalance({ address })]);
  const wanted = { call, gasLimit: simulation.kind === 'runs' ? withMargin(simulation.gas, row.maxGas) : 0n, maxFeeWei: fees.maxFeeWei };
  const taken = simulation.kind === 'unfunded' ? 'unfunded' : await takeNonce(place, row, wanted, { nonce, balanceWei });
  if (taken === 'unfunded') return alerts('key_unfunded', row.keyId, { address, balanceWei: balanceWei.toString() });
  if (typeof taken === 'string') return;
  const attempt = await signAttempt(place, taken, 1, 'call', fees);
  if (attempt) await broadcast(place, taken, attempt);
}

/** What the handler says is to be sent now; null when it says that nothing is. */
async function callToSend(place: Place, row: TransactionRow): Promise<ChainCall | null> {
  const handler = place.handlers.find(({ purpose }) => purpose === row.purpose);
  if (!handler?.renewCall) return row.call;
  try {
    return await handler.renewCall(place.db, row.ref);
  } catch (error) {
    if (!(error instanceof AppError) || describeError(error.code).status >= 500) throw error;
    await settle(place, row, { outcome: 'refused', error: error.code });
    return null;
  }
}
