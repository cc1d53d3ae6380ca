/** Whose usage: $1 is a person, or the slug of a model. Each is a range of one index of `api_call` and of one of `generation`. */
const WHOSE = {
  holder: { calls: 'c.user_id = $1::uuid', runs: 'g.user_id = $1::uuid', at: 'g.created_at' },
  // A creator is paid when a run ends, and that is where their index is.
  creator: {
    calls: 'c.model_slug = $1',
    runs: 'g.version_digest IN (SELECT v.digest FROM model_version v JOIN model m ON m.id = v.model_id WHERE m.slug = $1)',
    at: 'g.ended_at',
  },
} as const;
export type Whose = keyof typeof WHOSE;

/** Between $2 and $3, by $4 (hour or day): a row each call, then a row each run, with the call that started it where one did. */
const facts = (whose: Whose) => {
  const { calls, runs, at } = WHOSE[whose];
  return `
  WITH started AS MATERIALIZED (
    SELECT DISTINCT ON (c.quote_id) c.quote_id, c.key_id, c.door FROM api_call c
     WHERE ${calls} AND c.at >= $2::timestamptz - interval '1 day' AND c.at < $3 AND c.quote_id IS NOT NULL ORDER BY c.quote_id, c.at),
  facts AS (
    SELECT date_trunc($4, c.at, 'UTC') AS bucket, c.key_id, c.model_slug, c.door, c.ms, c.status, c.code, false AS delivered, 0::bigint AS millicredits
    FROM api_call c WHERE ${calls} AND c.at >= $2 AND c.at < $3
    UNION ALL
    SELECT date_trunc($4, ${at}, 'UTC'), coalesce(g.api_key_id, s.key_id), m.slug,
           coalesce(s.door, CASE WHEN g.api_key_id IS NULL THEN 'site' ELSE 'key' END), NULL, NULL, NULL,
           g.state = 'captured', CASE WHEN g.state = 'captured' THEN g.price_millicredits ELSE 0 END
    FROM generation g JOIN model_version v ON v.digest = g.version_digest JOIN model m ON m.id = v.model_id LEFT JOIN started s ON s.quote_id = g.quote_id
    WHERE ${runs} AND ${at} >= $2 AND ${at} < $3${whose === 'holder' ? ' AND (g.api_key_id IS NOT NULL OR s.quote_id IS NOT NULL)' : ''})`;
};

const FIGURES = `
  count(ms)::int AS calls, count(*) FILTER (WHERE status >= 400)::int AS errors,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) AS "p50Ms", percentile_disc(0.95) WITHIN GROUP (ORDER BY ms) AS "p95Ms",
  count(*) FILTER (WHERE ms IS NULL)::int AS runs, count(*) FILTER (WHERE delivered)::int AS delivered, sum(millicredits)::text AS millicredits`;

/** In all, and by each of the four: `by` says which, as a name. */
export const usageSql = (whose: Whose) => `${facts(whose)}
  SELECT CASE grouping(key_id, model_slug, door, bucket) WHEN 7 THEN 'key' WHEN 11 THEN 'model' WHEN 13 THEN 'door' WHEN 14 THEN 'bucket' ELSE 'total' END AS by,
         key_id AS "keyId", model_slug AS "modelSlug", door, bucket, ${FIGURES}
  FROM facts GROUP BY GROUPING SETS ((key_id), (model_slug), (door), (bucket), ())`;

/** By all four at once, oldest first. */
export const usageLinesSql = (whose: Whose) => `${facts(whose)}
  SELECT bucket, ${whose === 'holder' ? 'key_id' : 'NULL'} AS "keyId", model_slug AS "modelSlug", door, ${FIGURES}
  FROM facts GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4 LIMIT 50000`;

export const usageErrorsSql = (whose: Whose) => `
  SELECT coalesce(c.code, c.status::text) AS code, count(*)::int AS calls FROM api_call c
  WHERE ${WHOSE[whose].calls} AND c.at >= $2 AND c.at < $3 AND c.status >= 400 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`;
