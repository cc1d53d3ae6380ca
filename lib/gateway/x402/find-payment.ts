import { createHash } from 'node:crypto';
import { takeOne } from '@/lib/auth/rate-limit';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { GatewayCall } from '../route';
import type { PaymentPayload } from './schema';
import type { Terms } from './terms';

export type KnownPayment = { id: string; userId: string; quoteId: string };

/** All that was sent: what is asked for, and the payment with its signature. Who sends the same again has it from whoever sent it first, or is the same. */
export function digestOf({ request, body }: Pick<GatewayCall<unknown>, 'request' | 'body'>, payment: PaymentPayload): string {
  const hash = createHash('sha256').update(`${request.method} ${new URL(request.url).pathname}\n`);
  return hash.update(body).update('\n').update(JSON.stringify(payment)).digest('hex');
}

export const identifierOf = ({ extensions }: PaymentPayload): string | null => extensions?.['payment-identifier']?.info.id ?? null;

type Row = { id: string; user_id: string; quote_id: string; request_digest: string; is_over: boolean };

/**
 * The payment that was started with this authorization, or with its payer's identifier. Throws `payment_conflict` where anything else was sent with it:
 * an authorization pays for one request, and an identifier names one payment. Once it is settled everybody can read it on the chain, with its signature,
 * so that what is left to know is what was asked for: it is answered for an hour and no longer (`payment_answered`, whatever is sent), and who asks, where
 * `address` is given, may not guess often (`rate_limited`).
 */
export async function findPayment(
  { pool }: Pick<Database, 'pool'>,
  terms: Terms,
  payment: PaymentPayload,
  digest: string,
  address?: string,
): Promise<KnownPayment | null> {
  const { from, nonce } = payment.payload.authorization;
  const { rows } = await pool.query<Row>({
    name: 'x402_find',
    text: `SELECT p.id, p.user_id, g.quote_id, p.request_digest, coalesce(g.ended_at < now() - interval '1 hour', false) AS is_over FROM x402_payment p JOIN generation g ON g.x402_payment_id = p.id
            WHERE (p.chain_id, p.asset, p.payer, p.nonce) = ($1, $2, $3, $4)
               OR (p.identifier = $5 AND p.user_id = (SELECT id FROM "user" WHERE address = $3))`,
    values: [terms.chainId, terms.asset, from, nonce, identifierOf(payment)],
  });
  if (rows.length > 0 && address !== undefined) await takeOne('knownPayment', address);
  if (rows.some(({ is_over }) => is_over)) throw new AppError('payment_answered');
  if (rows.some(({ request_digest }) => request_digest !== digest)) throw new AppError('payment_conflict');
  const [row] = rows;
  return row ? { id: row.id, userId: row.user_id, quoteId: row.quote_id } : null;
}
