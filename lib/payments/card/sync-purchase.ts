import 'server-only';
import type { PoolClient } from 'pg';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { CardApi, PaymentReading } from '@/lib/stripe/card-api';
import { bookDisputes } from './book-disputes';
import { bookPayment } from './book-payment';
import { bookRefunds } from './book-refunds';
import { lockPurchase } from './card-purchase';
import { hasClaim } from './has-claim';
import { lockAccounts } from './house-accounts';
import { settleDebts } from './settle-debts';

const MAX_READINGS = 20;

/**
 * Brings the books of one purchase to what Stripe says of it now. Everything that happens to a purchase ends here: an event only says
 * which one to look at. A reading is applied only if nothing changed since it began, so an older one never undoes a newer one.
 */
export async function syncPurchase(db: Pick<Database, 'pool'>, api: CardApi, purchaseId: string, sessionId?: string): Promise<void> {
  for (let readings = 0; readings < MAX_READINGS; readings++) {
    const before = await look(db, purchaseId, sessionId);
    if (!before) return;
    const reading = await api.readPayment(before.sessionId);
    if (before.reading === textOf(reading) && !isMoving(reading)) return;
    const applied = await inTransaction(db.pool, (tx) => applyReading(tx, purchaseId, before.version, reading));
    // On its own: it locks purchases, and those come before the accounts that the other transaction held.
    if (applied?.changed) await settleDebts(db, applied.userId);
    if (applied) return;
  }
  throw new AppError('conflict', { details: { purchase: purchaseId } });
}

/** The purchase before it is read. `sessionId`: from an event, where we stopped before we could keep it. */
async function look({ pool }: Pick<Database, 'pool'>, purchaseId: string, sessionId?: string) {
  const { rows } = await pool.query<{ version: number; session_id: string | null; reading: string | null }>(
    'UPDATE card_purchase SET looked_at = now(), session_id = coalesce(session_id, $2) WHERE id = $1 RETURNING version, session_id, reading',
    [purchaseId, sessionId ?? null],
  );
  const row = rows[0];
  return row?.session_id ? { version: row.version, sessionId: row.session_id, reading: row.reading } : null;
}

const textOf = (reading: PaymentReading): string => JSON.stringify(reading, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));

/** While a dispute is open, there may be more to take aside though Stripe says the same. */
const isMoving = ({ disputes }: PaymentReading): boolean => disputes.some(({ state }) => state === 'open');

type Applied = { userId: string; changed: boolean };

/** Null when the purchase changed since the reading began: then it has to be read again. */
export async function applyReading(tx: PoolClient, purchaseId: string, version: number, reading: PaymentReading): Promise<Applied | null> {
  const purchase = await lockPurchase(tx, purchaseId);
  if (purchase?.version !== version) return null;
  const { paid, refunds, disputes } = reading;
  const { userId } = purchase;
  if (!paid) {
    if (reading.session === 'expired') await tx.query(`UPDATE card_purchase SET state = 'expired' WHERE id = $1 AND state = 'open'`, [purchaseId]);
    return { userId, changed: false };
  }
  const accounts = await lockAccounts(tx, purchase, disputes.length > 0);
  if (!accounts) return null;
  const steps = [
    await bookPayment(tx, purchase, accounts, paid),
    await bookRefunds(tx, purchase, accounts, refunds),
    await bookDisputes(tx, purchase, accounts, disputes),
  ];
  const changed = steps.includes(true);
  const owes = purchase.owes && (await hasClaim(tx, purchaseId, accounts));
  await tx.query('UPDATE card_purchase SET version = version + $2, owes = $3, reading = $4 WHERE id = $1', [
    purchaseId,
    changed ? 1 : 0,
    owes,
    textOf(reading),
  ]);
  return { userId, changed };
}
