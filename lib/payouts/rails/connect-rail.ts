import type { ConnectApi, ConnectTransfer } from '@/lib/stripe/connect-api';
import type { PayoutRail, SendingPayout, SendOutcome } from './rail';

/**
 * Pays through Stripe Connect: a transfer to the creator's account. Its idempotency key and its group are the payout's id: the key keeps
 * two calls at the same moment from being two transfers, the group finds the transfer when the key has been forgotten.
 */
export function connectRail(openApi: () => ConnectApi): PayoutRail {
  return {
    async findOutcome(payout) {
      const [transfer, second] = await openApi().findTransfers(payout.id);
      if (!transfer) return { state: 'none' };
      if (second || !isFor(transfer, payout)) throw new Error(`Stripe has other transfers for payout ${payout.id} than it was to send`);
      if (transfer.reversed) return { state: 'failed', error: 'The transfer was reversed' };
      return { state: 'sent', externalRef: transfer.id };
    },
    async send({ id, destination, amountOut }): Promise<SendOutcome> {
      const answer = await openApi().createTransfer({ payoutId: id, accountId: destination, amountCents: amountOut });
      return 'refused' in answer ? { state: 'failed', error: answer.refused } : { state: 'sent', externalRef: answer.id };
    },
  };
}

const isFor = (transfer: ConnectTransfer, { destination, amountOut }: SendingPayout) =>
  transfer.accountId === destination && transfer.amountCents === amountOut;
