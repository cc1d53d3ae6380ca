import type { Pool } from 'pg';
import { describeError, isErrorCode } from '@/lib/errors';
import type { RelaySubject } from './load-relays';

type Row = { id: string; label: string; creator: string; token_id: string | null; error: string | null };

/** The person's own purchases of passes with credits among `refs`, each with its tier and, once it is indexed, the pass. */
export async function loadPassPurchases(pool: Pool, userId: string, refs: readonly string[]): Promise<Map<string, RelaySubject>> {
  const { rows } = await pool.query<Row>(
    `SELECT p.id, coalesce(i.label, 'Pass') AS label, u.address AS creator, t.token_id, p.error
       FROM pass_purchase p JOIN pass_collection c ON (c.chain_id, c.address) = (p.chain_id, p.collection) JOIN "user" u ON u.id = c.creator_id
            LEFT JOIN pass_tier i ON (i.chain_id, i.collection, i.tier_id) = (p.chain_id, p.collection, p.tier_id)
            LEFT JOIN pass_token t ON (t.chain_id, t.collection, t.tier_id, t.tx_hash) = (p.chain_id, p.collection, p.tier_id, p.tx_hash)
      WHERE p.id = ANY ($1) AND p.user_id = $2`,
    [refs, userId],
  );
  return new Map(rows.map((row) => [row.id, toSubject(row)]));
}

const toSubject = ({ label, creator, token_id, error }: Row): RelaySubject => ({
  title: label,
  href: token_id && `/passes/${creator}/${token_id}`,
  endedBecause: isErrorCode(error) ? describeError(error).message : null,
});
