import { createHash } from 'node:crypto';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { openQuote } from '@/lib/generations/quote-token';
import type { Caller } from '../doors/door';
import type { GatewayCall } from '../route';

const FORM = /^[\x21-\x7e]{1,255}$/;
type Asked = Pick<GatewayCall<Caller>, 'request' | 'body' | 'caller'>;

/**
 * The quote that this request stands for. With an Idempotency-Key the first one that was made for it is kept, for a day: a quote starts its runs once, so that
 * of two requests at the same time, or a day apart, one starts them and both get them. A quote that expired before anything started is made anew.
 * Throws `idempotency_conflict` where the key came with another request.
 */
export async function once(db: Database, asked: Asked, makeQuote: () => Promise<string>): Promise<string> {
  const key = asked.request.headers.get('idempotency-key');
  if (key === null) return makeQuote();
  if (!FORM.test(key)) throw new AppError('invalid_input', { message: 'An Idempotency-Key has 1 to 255 visible ASCII characters.' });
  const { userId } = asked.caller.actor;
  const digest = digestOf(asked);
  const kept = await find(db, userId, key, digest);
  if (kept && !(await isSpent(db, kept, asked))) return kept;
  const { rows } = await db.pool.query<{ quote: string }>({
    name: 'idempotent_start',
    text: `INSERT INTO idempotent_start AS s (user_id, key, request_digest, quote) VALUES ($1, $2, $3, $4)
           ON CONFLICT (user_id, key) DO UPDATE SET quote = excluded.quote, created_at = now() WHERE s.request_digest = excluded.request_digest AND s.quote = $5
           RETURNING quote`,
    values: [userId, key, digest, await makeQuote(), kept],
  });
  const [written] = rows;
  if (written) return written.quote;
  // Another request with this key was faster.
  const theirs = await find(db, userId, key, digest);
  if (!theirs) throw new AppError('conflict');
  return theirs;
}

/** All of a request that says what is asked for: with another pass it is another request. */
const digestOf = ({ request, body, caller: { passId } }: Asked) =>
  createHash('sha256')
    .update(`${request.method} ${new URL(request.url).pathname} ${passId ?? ''}\n`)
    .update(body)
    .digest('hex');

async function find({ prisma }: Database, userId: string, key: string, digest: string): Promise<string | null> {
  const kept = await prisma.idempotentStart.findUnique({ where: { userId_key: { userId, key } }, select: { requestDigest: true, quote: true } });
  if (kept && kept.requestDigest !== digest) throw new AppError('idempotency_conflict');
  return kept?.quote ?? null;
}

/** Whether a quote expired before anything was started with it. */
async function isSpent({ prisma }: Database, token: string, { caller: { actor } }: Asked): Promise<boolean> {
  const { expiresAtMs, quoteId } = openQuote(token, actor);
  return expiresAtMs < Date.now() && (await prisma.generation.count({ where: { quoteId, userId: actor.userId } })) === 0;
}
