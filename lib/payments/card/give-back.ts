import type { PoolClient } from 'pg';
import { balanceOf, openAccount } from '@/lib/credits/accounts';
import { debtFreeze, owedBy } from '@/lib/credits/credit-collector';
import { derivedRef } from '@/lib/credits/derived-ref';
import { freezeSpending } from '@/lib/credits/freeze-spending';
import { mustPost, type TransferCode } from '@/lib/credits/post-transfer';
import { smaller } from '@/lib/money';
import type { CardPurchase } from './card-purchase';
import type { PurchaseAccounts } from './house-accounts';

/** Undoes every transfer under a ref: what was taken from lots goes back to them, what had become debt is forgiven. Once for each ref. */
export async function giveBack(tx: PoolClient, purchase: CardPurchase, accounts: PurchaseAccounts, ref: string): Promise<void> {
  const { rows } = await tx.query<{ leg: number; debit_id: string; credit_id: string; amount: string }>(
    'SELECT leg, debit_id, credit_id, amount FROM ledger.transfer WHERE ref = $1 ORDER BY leg',
    [ref],
  );
  const undone = derivedRef('undone', ref);
  for (const { leg, debit_id, credit_id, amount } of rows) {
    const [from, to, amountMillicredits] = [BigInt(credit_id), BigInt(debit_id), BigInt(amount)];
    if (to === accounts.debt) await forgive(tx, purchase, accounts, { ref: undone, leg, amountMillicredits, code: 'correction' });
    else await mustPost(tx, { ref: undone, leg, debit: from, credit: to, amountMillicredits, code: 'correction', about: purchase.id });
  }
}

type Claim = { ref: string; leg: number; amountMillicredits: bigint; code: TransferCode };

/**
 * Drops a claim on the collector. What the house has written off for them meanwhile comes back to the house first (the next leg), and what
 * they have repaid of it to them, as credits of the purchase (the leg after that).
 */
export async function forgive(tx: PoolClient, purchase: CardPurchase, accounts: PurchaseAccounts, claim: Claim): Promise<void> {
  const { ref, leg, amountMillicredits, code } = claim;
  const open = smaller(await owedBy(tx, accounts.debt), amountMillicredits);
  const writeOff = await openAccount(tx, 'write_off', 'house', { sub: purchase.userId });
  const written = smaller(-(await balanceOf(tx, writeOff)).posted, amountMillicredits - open);
  const repaid = amountMillicredits - open - written;
  const move = { ref, debit: accounts.clearing };
  if (open > 0n) await mustPost(tx, { ...move, leg, credit: accounts.debt, amountMillicredits: open, code: 'debt_repaid' });
  if (written > 0n) await mustPost(tx, { ...move, leg: leg + 1, credit: writeOff, amountMillicredits: written, code });
  if (repaid > 0n) await mustPost(tx, { ...move, leg: leg + 2, credit: accounts.lot, amountMillicredits: repaid, code, about: purchase.id });
  if ((await owedBy(tx, accounts.debt)) === 0n) await freezeSpending(tx, { userId: purchase.userId, ref: debtFreeze(purchase.userId), on: false });
}
