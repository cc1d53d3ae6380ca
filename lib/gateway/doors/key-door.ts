import type pg from 'pg';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Batcher, createBatcher } from '@/lib/jobs/batcher';
import { digestOf, isWellFormed } from '../keys/secret';
import { judge } from '../limits';
import type { Scope } from '../schema';
import type { Counted, Door } from './door';

const BEARER = /^Bearer +(\S+) *$/i;

type Row = {
  id: string | null;
  user_id: string;
  address: Actor['address'];
  scopes: Scope[];
  model_ids: string[];
  pass_id: string | null;
  is_revoked: boolean;
  is_expired: boolean;
  counted: Counted[];
};

/** `Authorization: Bearer igl_…`. One round trip, shared with calls of the same moment: the key, whose it is, and what is counted. Throws `key_invalid`, `key_revoked`, `key_expired`. */
export const keyDoor: Door = {
  isFor: ({ headers }) => headers.has('authorization'),
  async open(db, { request, address }) {
    const secret = BEARER.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    if (!isWellFormed(secret)) throw new AppError('key_invalid');
    const row = await readerOf(db)({ digest: digestOf(secret), address });
    // Somebody who guesses keys, or goes on with one that is over, has a limit, too: that of their address.
    if (!row.id || row.is_revoked || row.is_expired) judge([], row.counted);
    if (!row.id) throw new AppError('key_invalid');
    if (row.is_revoked) throw new AppError('key_revoked');
    if (row.is_expired) throw new AppError('key_expired');
    const actor: Actor = { userId: row.user_id, address: row.address, apiKeyId: row.id };
    return { caller: { door: 'key', actor, scopes: row.scopes, modelIds: row.model_ids, passId: row.pass_id }, counted: row.counted };
  },
};

type Asked = { digest: string; address: string };
const MOST_AT_ONCE = 100;
const readers = new WeakMap<pg.Pool, Batcher<Asked, Row>>();

/** Calls that arrive while others are being looked up go together in the next round trip; alone, each goes at once. */
function readerOf({ pool }: Pick<Database, 'pool'>): Batcher<Asked, Row> {
  const known = readers.get(pool);
  if (known) return known;
  const made = createBatcher<Asked, Row>(
    async (asked) => {
      const { rows } = await pool.query<Row & { item: number }>({
        name: 'gateway_open_keys',
        text: 'SELECT * FROM gateway_open_keys($1, $2)',
        values: [asked.map(({ digest }) => digest), asked.map(({ address }) => address)],
      });
      return rows.sort((a, b) => a.item - b.item);
    },
    { maxItems: MOST_AT_ONCE, overlapFrom: 8 },
  );
  readers.set(pool, made);
  return made;
}
