-- Usage, counted as it is written: pages read sums of hours and days, and no call or run by itself. lib/gateway/README.md says what is promised.
-- Texts are compared by their bytes, since sums are sorted by them. `side` and `who`: a holder's by user id, a creator's by the model's slug and without whose keys.
CREATE TABLE "usage_calls" (
  "side" TEXT NOT NULL CHECK ("side" IN ('holder', 'creator')),
  "who" TEXT COLLATE "C" NOT NULL,
  "grain" TEXT NOT NULL CHECK ("grain" IN ('hour', 'day')),
  "at" TIMESTAMPTZ(3) NOT NULL,
  "key_id" UUID,
  "model_slug" TEXT COLLATE "C",
  "door" TEXT COLLATE "C" NOT NULL,
  -- What it was refused with; null where it was not.
  "code" TEXT COLLATE "C",
  -- n: about 1.1 to the power of n milliseconds.
  "latency" SMALLINT NOT NULL,
  "calls" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "usage_calls_key" ON "usage_calls"("side", "who", "grain", "at", "key_id", "model_slug", "door", "code", "latency") NULLS NOT DISTINCT;
CREATE INDEX "usage_calls_grain_at_idx" ON "usage_calls"("grain", "at");

CREATE TABLE "usage_runs" (
  "side" TEXT NOT NULL CHECK ("side" IN ('holder', 'creator')),
  "who" TEXT COLLATE "C" NOT NULL,
  "grain" TEXT NOT NULL CHECK ("grain" IN ('hour', 'day')),
  "at" TIMESTAMPTZ(3) NOT NULL,
  "key_id" UUID,
  "model_slug" TEXT COLLATE "C" NOT NULL,
  "door" TEXT COLLATE "C" NOT NULL,
  "runs" INTEGER NOT NULL,
  "delivered" INTEGER NOT NULL,
  "millicredits" BIGINT NOT NULL
);
CREATE UNIQUE INDEX "usage_runs_key" ON "usage_runs"("side", "who", "grain", "at", "key_id", "model_slug", "door") NULLS NOT DISTINCT;
CREATE INDEX "usage_runs_grain_at_idx" ON "usage_runs"("grain", "at");

-- Up to when runs are summed; later ones are read one by one.
CREATE TABLE "usage_summed" (
  "side" TEXT NOT NULL CHECK ("side" IN ('holder', 'creator')),
  "until" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "usage_summed_pkey" PRIMARY KEY ("side")
);
INSERT INTO "usage_summed" VALUES ('holder', 'epoch'), ('creator', 'epoch');

CREATE INDEX api_call_quote ON api_call (quote_id, at) WHERE quote_id IS NOT NULL;
-- Runs of an hour, whoever's: hardly any room, and rows lie in about this order.
CREATE INDEX generation_created ON generation USING brin (created_at) WITH (autosummarize = on, pages_per_range = 32);
CREATE INDEX generation_ended ON generation USING brin (ended_at) WITH (autosummarize = on, pages_per_range = 32);

-- Runs from one moment to another as both sides count them: a holder's when it was started, by a key, a signed call or a payment; a creator's when it ended,
-- however it was started. It belongs to the first call of its quote; where that was not written down, to what the run itself says.
CREATE FUNCTION usage_runs_of(p_side text, p_who text, p_from timestamptz, p_until timestamptz)
RETURNS TABLE (who text, at timestamptz, key_id uuid, model_slug text, door text, delivered boolean, millicredits bigint) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_custom_plan SET jit = off AS $$
#variable_conflict use_column
BEGIN
  IF p_side = 'holder' THEN
    RETURN QUERY SELECT g.user_id::text, g.created_at, coalesce(g.api_key_id, s.key_id), m.slug,
             coalesce(s.door, CASE WHEN g.x402_payment_id IS NULL THEN 'key' ELSE 'x402' END), g.state = 'captured',
             CASE WHEN g.state = 'captured' THEN g.price_millicredits ELSE 0 END
      FROM generation g JOIN model_version v ON v.digest = g.version_digest JOIN model m ON m.id = v.model_id
      LEFT JOIN LATERAL (SELECT c.key_id, c.door FROM api_call c WHERE c.quote_id = g.quote_id AND c.user_id = g.user_id ORDER BY c.at LIMIT 1) s ON true
      WHERE (p_who IS NULL OR g.user_id = p_who::uuid) AND g.created_at >= p_from AND g.created_at < p_until
        AND (g.api_key_id IS NOT NULL OR g.x402_payment_id IS NOT NULL OR s.door IS NOT NULL);
  ELSE
    RETURN QUERY SELECT m.slug, g.ended_at, NULL::uuid, m.slug,
             coalesce(s.door, CASE WHEN g.api_key_id IS NOT NULL THEN 'key' WHEN g.x402_payment_id IS NOT NULL THEN 'x402' ELSE 'site' END), g.state = 'captured',
             CASE WHEN g.state = 'captured' THEN g.price_millicredits ELSE 0 END
      FROM generation g JOIN model_version v ON v.digest = g.version_digest JOIN model m ON m.id = v.model_id
      LEFT JOIN LATERAL (SELECT c.door FROM api_call c WHERE c.quote_id = g.quote_id AND c.user_id = g.user_id ORDER BY c.at LIMIT 1) s ON true
      WHERE (p_who IS NULL OR g.version_digest IN (SELECT o.digest FROM model_version o JOIN model p ON p.id = o.model_id WHERE p.slug = p_who))
        AND g.ended_at >= p_from AND g.ended_at < p_until;
  END IF;
END $$;

-- Sums the hours that are over, and their days. The two hours before are summed again, so that what was committed late is right as well; whoever comes second
-- waits, and sums the same. A holder's hour is over when all of its runs have ended.
CREATE FUNCTION usage_sum_runs() RETURNS void LANGUAGE plpgsql AS $$
DECLARE v_side text; v_was timestamptz; v_from timestamptz; v_until timestamptz;
BEGIN
  FOREACH v_side IN ARRAY ARRAY['creator', 'holder'] LOOP
    SELECT until INTO v_was FROM usage_summed WHERE side = v_side FOR UPDATE;
    v_until := date_trunc('hour', now() - interval '10 minutes', 'UTC');
    IF v_side = 'holder' THEN
      v_until := date_trunc('hour', least(v_until, (SELECT min(created_at) FROM generation WHERE state IN ('held', 'running'))), 'UTC');
    END IF;
    CONTINUE WHEN v_until <= v_was;
    v_from := greatest(v_was - interval '2 hours', 'epoch');
    -- Where nobody summed for days, hours of the first one may be forgotten already: it is summed whole.
    IF v_was < now() - interval '6 days' THEN v_from := date_trunc('day', v_from, 'UTC'); END IF;
    DELETE FROM usage_runs WHERE side = v_side AND grain = 'hour' AND at >= v_from;
    INSERT INTO usage_runs SELECT v_side, r.who, 'hour', date_trunc('hour', r.at, 'UTC'), r.key_id, r.model_slug, r.door,
             count(*), count(*) FILTER (WHERE r.delivered), sum(r.millicredits)
      FROM usage_runs_of(v_side, NULL, v_from, v_until) r GROUP BY 1, 2, 3, 4, 5, 6, 7;
    DELETE FROM usage_runs WHERE side = v_side AND grain = 'day' AND at >= date_trunc('day', v_from, 'UTC');
    INSERT INTO usage_runs SELECT side, who, 'day', date_trunc('day', at, 'UTC'), key_id, model_slug, door, sum(runs), sum(delivered), sum(millicredits)
      FROM usage_runs WHERE side = v_side AND grain = 'hour' AND at >= date_trunc('day', v_from, 'UTC') GROUP BY 1, 2, 3, 4, 5, 6, 7;
    UPDATE usage_summed SET until = v_until WHERE side = v_side;
  END LOOP;
END $$;

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "usage_calls", "usage_runs", "usage_summed" TO intaglio_app;
    GRANT EXECUTE ON FUNCTION usage_runs_of, usage_sum_runs TO intaglio_app;
  END IF;
END $$;
