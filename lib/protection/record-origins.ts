import type { Pool } from 'pg';
import { sealTag } from '@/lib/keys/derive';

type Origin = { userId: string; address: string };

/**
 * Notes from which addresses people call, as hashes under a key of the house: of an IPv4 address alone a plain hash would be read back in a minute. Kept for
 * thirty days, and written at most once an hour for each pair.
 */
export async function recordOrigins(pool: Pool, origins: Origin[]): Promise<void> {
  const known = new Map(origins.filter(({ address }) => address !== 'unknown').map((origin) => [`${origin.userId} ${origin.address}`, origin]));
  const pairs = [...known.values()].map(({ userId, address }) => ({ user: userId, digest: sealTag('protection origin', address) }));
  if (pairs.length === 0) return;
  await pool.query({
    name: 'protection_origins',
    text: `INSERT INTO protection_origin AS o (digest, user_id)
      SELECT x.digest, x."user" FROM jsonb_to_recordset($1) x(digest text, "user" uuid) ORDER BY 1, 2
      ON CONFLICT (digest, user_id) DO UPDATE SET last_at = now() WHERE o.last_at < now() - interval '1 hour'`,
    values: [JSON.stringify(pairs)],
  });
}
