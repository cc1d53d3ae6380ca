import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { digestOf, isWellFormed } from '../keys/secret';
import { addressName } from '../limits';
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

/** `Authorization: Bearer igl_…`. One round trip: the key, whose it is, and what is counted. Throws `key_invalid`, `key_revoked`, `key_expired`. */
export const keyDoor: Door = {
  isFor: ({ headers }) => headers.has('authorization'),
  async open(db, { request, address }) {
    const secret = BEARER.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    if (!isWellFormed(secret)) throw new AppError('key_invalid');
    const row = await read(db, digestOf(secret), address);
    if (!row?.id) throw new AppError('key_invalid');
    if (row.is_revoked) throw new AppError('key_revoked');
    if (row.is_expired) throw new AppError('key_expired');
    const actor: Actor = { userId: row.user_id, address: row.address, apiKeyId: row.id };
    return { caller: { door: 'key', actor, scopes: row.scopes, modelIds: row.model_ids, passId: row.pass_id }, counted: row.counted };
  },
};

async function read({ pool }: Pick<Database, 'pool'>, digest: string, address: string): Promise<Row | undefined> {
  const { rows } = await pool.query<Row>({
    name: 'gateway_open_key',
    text: 'SELECT * FROM gateway_open_key($1, $2)',
    values: [digest, [addressName(address)]],
  });
  return rows[0];
}
