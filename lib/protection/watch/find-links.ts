import type { PoolClient } from 'pg';
import type { Link } from '../alarms/judge-links';

/** A prompt in common says something when it is said at about the same time, and is long enough not to be said by everybody. */
const WITHIN_HOURS = 6;
const LEAST_WORDS = 4;
const DAYS = 7;
/** An address with more people than this is an office, a school or an exit of somebody's VPN. */
const PEOPLE_OF_AN_ADDRESS = 8;
const MOST_LINKS = 30;

/**
 * Other people of the same model, and what this one has in common with each: who paid for their passes or their credits, where they call from, what they
 * ask. Of a pass that the house bought for somebody's credits that person is the payer, and not the house's relayer.
 */
export async function findLinks(tx: PoolClient, modelId: string, userId: string): Promise<Link[]> {
  const { rows } = await tx.query<Link>(
    `WITH mine AS (
       SELECT DISTINCT t.chain_id, t.collection, coalesce(b.address, t.payer) AS payer
         FROM "user" me JOIN pass_token t ON t.holder = me.address JOIN pass_collection c ON (c.chain_id, c.address) = (t.chain_id, t.collection)
         JOIN model m ON m.creator_id = c.creator_id AND m.id = $1
         LEFT JOIN pass_purchase p ON (p.chain_id, p.tx_hash, p.collection) = (t.chain_id, t.tx_hash, t.collection) LEFT JOIN "user" b ON b.id = p.user_id
        WHERE me.id = $2 AND (b.id IS NOT NULL OR NOT EXISTS (SELECT FROM sealed_key k WHERE k.purpose = 'relayer' AND lower(k.address) = t.payer))),
     payer AS (
       SELECT x.other, count(DISTINCT x.payer)::int AS n FROM (
         SELECT u.id AS other, mine.payer FROM mine JOIN pass_token t ON (t.chain_id, t.collection, t.payer) = (mine.chain_id, mine.collection, mine.payer)
           JOIN "user" u ON u.address = t.holder
         UNION SELECT u.id, mine.payer FROM mine JOIN "user" b ON b.address = mine.payer
           JOIN pass_purchase p ON (p.user_id, p.chain_id, p.collection) = (b.id, mine.chain_id, mine.collection)
           JOIN pass_token t ON (t.chain_id, t.tx_hash, t.collection) = (p.chain_id, p.tx_hash, p.collection) JOIN "user" u ON u.address = t.holder
         UNION SELECT o.user_id, o.payer FROM (SELECT DISTINCT payer FROM deposit WHERE user_id = $2) d JOIN deposit o USING (payer) WHERE o.user_id IS NOT NULL) x
        WHERE x.other <> $2 GROUP BY x.other),
     origin AS (
       SELECT o.user_id AS other, count(*)::int AS n FROM protection_origin mine JOIN protection_origin o ON o.digest = mine.digest AND o.user_id <> mine.user_id
        WHERE mine.user_id = $2 AND (SELECT count(*) FROM protection_origin x WHERE x.digest = mine.digest) <= $6 GROUP BY o.user_id),
     said AS (
       SELECT o.user_id AS other, count(DISTINCT o.prompt_digest)::int AS n
         FROM protection_trace mine JOIN protection_trace o ON o.model_id = mine.model_id AND o.prompt_digest = mine.prompt_digest AND o.user_id <> mine.user_id
          AND o.at BETWEEN mine.at - make_interval(hours => $3) AND mine.at + make_interval(hours => $3)
        WHERE mine.model_id = $1 AND mine.user_id = $2 AND mine.words >= $4 AND mine.at > now() - make_interval(days => $5) GROUP BY o.user_id)
     SELECT x.other AS "userId", coalesce(p.n, 0) AS payers, coalesce(o.n, 0) AS addresses, coalesce(s.n, 0) AS prompts
       FROM (SELECT other FROM payer UNION SELECT other FROM origin UNION SELECT other FROM said) x
       LEFT JOIN payer p USING (other) LEFT JOIN origin o USING (other) LEFT JOIN said s USING (other)
      WHERE EXISTS (SELECT FROM protection_trace t WHERE t.model_id = $1 AND t.user_id = x.other)
      ORDER BY coalesce(p.n, 0) + coalesce(o.n, 0) + coalesce(s.n, 0) DESC LIMIT $7`,
    [modelId, userId, WITHIN_HOURS, LEAST_WORDS, DAYS, PEOPLE_OF_AN_ADDRESS, MOST_LINKS],
  );
  return rows;
}
