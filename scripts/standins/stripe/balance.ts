import type { BalanceTransaction } from './tables';
import { newObjectId, seconds, type World } from './world';

/** What the balance settles in, and made-up rates into it: minor units of US dollars for one minor unit. */
const RATES: Record<string, number> = { usd: 1, eur: 1.08, gbp: 1.27, jpy: 0.67 };
export const DISPUTE_FEE = 1500;

export const isKnownCurrency = (currency: string) => currency in RATES;
export const cardFee = (settled: number) => Math.round(settled * 0.029) + 30;

type Move = { type: string; category: string; source: string; amount: number; currency: string; fee?: number | 'card'; description?: string };

/** One line of the platform's balance, in dollars whatever the customer paid in. */
export function moveBalance(world: World, move: Move): BalanceTransaction {
  const rate = RATES[move.currency] ?? 1;
  const amount = Math.round(move.amount * rate);
  const fee = move.fee === 'card' ? cardFee(amount) : (move.fee ?? 0);
  const transaction: BalanceTransaction = {
    id: newObjectId('txn'),
    object: 'balance_transaction',
    created: seconds(),
    amount,
    available_on: seconds(),
    currency: 'usd',
    description: move.description ?? null,
    exchange_rate: move.currency === 'usd' ? null : rate,
    fee,
    fee_details: fee > 0 ? [{ amount: fee, application: null, currency: 'usd', description: 'Stripe processing fees', type: 'stripe_fee' }] : [],
    net: amount - fee,
    reporting_category: move.category,
    source: move.source,
    status: 'available',
    type: move.type,
  };
  world.tables.balance_transactions[transaction.id] = transaction;
  return transaction;
}

/** Net of the platform's balance, in cents. */
export const balanceOf = (world: World): number =>
  Object.values(world.tables.balance_transactions).reduce((sum, transaction) => sum + transaction.net, 0);
