import type { PoolClient } from 'pg';
import type { Link } from '../alarms/judge-links';

/** A prompt in common says something when it is said at about the same time, and is long enough not to be said by everybody. */
const WITHIN_HOURS = 6;
const LEAST_WORDS = 4;
const DAYS = 7;
/** An address with more people than this is an office, a school or an exit of somebody's VPN. */
const PEOPLE_OF_AN_ADDRESS = 8;
const MOST_LINKS = 30;

/** Other people of the same model, and what this one has in common with each: who paid for their passes, where they call from, what they ask. */
export async function findLinks(tx: PoolClient, modelId: string, userId: string): Promise<Link[]> {
  const { rows } = await tx.query<Link>(
    `WITH payer AS (
       SELECT u.id AS other, count(DISTINCT theirs.payer)::int AS n
         FROM "user" me JOIN pass_token mine ON mine.holder = me.address JOIN pass_collection c ON (c.chain_id, c.address) = (mine.chain_id, mine.collection)
         JOIN model m ON m.creator_id = c.creator_id AND m.id = $1
         JOIN pass_token theirs ON theirs.payer = mine.payer AND theirs.chain_id = mine.chain_id AND theirs.collection = mine.collection AND theirs.holder <> mine.holder
         JOIN "user" u ON u.address = theirs.holder
        WHERE me.id = $2 GROUP BY u.id),
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
