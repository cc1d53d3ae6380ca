/** Whose usage: $1 is a person's id, or the slug of a model. */
export type Whose = 'holder' | 'creator';

/** Sums between $2 and $3 by $4 (hour or day): of calls a line each class of latency and code, of runs one; then each run that is not summed yet. */
const facts = (side: Whose) => `
  WITH summed AS MATERIALIZED (SELECT until FROM usage_summed WHERE side = '${side}'),
  facts AS (
    SELECT at AS bucket, key_id, model_slug, door, latency, calls, CASE WHEN code IS NOT NULL THEN calls ELSE 0 END AS errors,
           0 AS runs, 0 AS delivered, 0::bigint AS millicredits
    FROM usage_calls WHERE side = '${side}' AND who = $1 AND grain = $4 AND at >= $2 AND at < $3
    UNION ALL
    SELECT at, key_id, model_slug, door, NULL, 0, 0, runs, delivered, millicredits
    FROM usage_runs WHERE side = '${side}' AND who = $1 AND grain = $4 AND at >= $2 AND at < $3
    UNION ALL
    SELECT date_trunc($4, r.at, 'UTC'), r.key_id, r.model_slug, r.door, NULL, 0, 0, 1, r.delivered::int, r.millicredits
    FROM usage_runs_of('${side}', $1, greatest($2, (SELECT until FROM summed)), $3) r)`;

/** The first class of latency that so many of the calls are not above, as the middle of it. */
const percentile = (share: number) => `round(power(1.1, min(latency) FILTER (WHERE calls > 0 AND upto >= ${share} * whole)))::int`;

const SUMS = `sum(calls) AS calls, sum(errors) AS errors, sum(runs) AS runs, sum(delivered) AS delivered, sum(millicredits) AS millicredits`;
// In the order that lines are told in: sorted once, for counting up and for the answer.
const COLUMNS = 'bucket, key_id, model_slug, door';

/** The figures of `sums`, whose lines are of one `by`, group and class of latency: the classes are counted up until a share of the calls is reached. */
const FIGURES = `
  SELECT by, key_id AS "keyId", model_slug AS "modelSlug", door, bucket, sum(calls)::int AS calls, sum(errors)::int AS errors,
         ${percentile(0.5)} AS "p50Ms", ${percentile(0.95)} AS "p95Ms", sum(runs)::int AS runs, sum(delivered)::int AS delivered, sum(millicredits)::text AS millicredits
  FROM (SELECT *, sum(calls) OVER (PARTITION BY ${COLUMNS}, by ORDER BY latency NULLS LAST) AS upto, sum(calls) OVER (PARTITION BY ${COLUMNS}, by) AS whole FROM sums) s
  GROUP BY ${COLUMNS}, by`;

/** In all, and by each of the four: `by` says which, as a name. Buckets are many and the others few, so that each is summed on its own. */
export const usageSql = (side: Whose) => `${facts(side)},
  few AS (SELECT key_id, model_slug, door, latency, ${SUMS} FROM facts GROUP BY 1, 2, 3, 4),
  sums AS (
    SELECT CASE grouping(key_id, model_slug, door) WHEN 3 THEN 'key' WHEN 5 THEN 'model' WHEN 6 THEN 'door' ELSE 'total' END AS by,
           key_id, model_slug, door, NULL::timestamptz AS bucket, latency, ${SUMS}
    FROM few GROUP BY GROUPING SETS ((key_id, latency), (model_slug, latency), (door, latency), (latency))
    UNION ALL SELECT 'bucket', NULL, NULL, NULL, bucket, latency, ${SUMS} FROM facts GROUP BY bucket, latency)${FIGURES}`;

/** By all four at once, oldest first. */
export const usageLinesSql = (side: Whose) => `${facts(side)},
  sums AS (SELECT 'line' AS by, ${COLUMNS}, latency, ${SUMS} FROM facts GROUP BY ${COLUMNS}, latency)${FIGURES} ORDER BY bucket, key_id, model_slug, door LIMIT 50000`;

export const usageErrorsSql = (side: Whose) => `
  SELECT code, sum(calls)::int AS calls FROM usage_calls
  WHERE side = '${side}' AND who = $1 AND grain = $4 AND at >= $2 AND at < $3 AND code IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`;
