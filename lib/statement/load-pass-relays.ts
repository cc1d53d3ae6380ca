import type { Pool } from 'pg';
import { describeError, isErrorCode } from '@/lib/errors';
import type { RelaySubject } from './load-relays';

/** A pass that was bought or renewed with credits. */
export type PassRelaySubject = RelaySubject & { kind: 'purchase' | 'renewal' };

type Row = { id: string; kind: PassRelaySubject['kind']; label: string; creator: string; token_id: string | null; error: string | null };

/** What `refs` bought or renewed for the person's own credits, each with its tier and, once it is indexed, the pass. */
export async function loadPassRelays(pool: Pool, userId: string, refs: readonly string[]): Promise<Map<string, PassRelaySubject>> {
  const { rows } = await pool.query<Row>(
    `SELECT x.id, x.kind, coalesce(i.label, 'Pass') AS label, u.address AS creator, x.token_id, x.error
       FROM (SELECT p.id, 'purchase' AS kind, p.chain_id, p.collection, p.tier_id, t.token_id, p.error
               FROM pass_purchase p LEFT JOIN pass_token t ON (t.chain_id, t.collection, t.tier_id, t.tx_hash) = (p.chain_id, p.collection, p.tier_id, p.tx_hash)
              WHERE p.id = ANY ($1) AND p.user_id = $2
              UNION ALL
             SELECT r.id, 'renewal', r.chain_id, r.collection, t.tier_id, t.token_id, r.error
               FROM pass_renewal r LEFT JOIN pass_token t ON t.id = r.pass_id WHERE r.id = ANY ($1) AND r.user_id = $2) x
       JOIN pass_collection c ON (c.chain_id, c.address) = (x.chain_id, x.collection) JOIN "user" u ON u.id = c.creator_id
       LEFT JOIN pass_tier i ON (i.chain_id, i.collection, i.tier_id) = (x.chain_id, x.collection, x.tier_id)`,
    [refs, userId],
  );
  return new Map(rows.map((row) => [row.id, toSubject(row)]));
}

const toSubject = ({ kind, label, creator, token_id, error }: Row): PassRelaySubject => ({
  kind,
  title: label,
  href: token_id && `/passes/${creator}/${token_id}`,
  endedBecause: isErrorCode(error) ? describeError(error).message : null,
});
