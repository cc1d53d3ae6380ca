-- API keys with their caps, calls of the gateway, and what makes a call that is sent twice one call. lib/gateway/README.md says what is promised.
CREATE TABLE "api_key" (
  "id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "name" TEXT NOT NULL CHECK (char_length("name") BETWEEN 1 AND 80),
  "start" TEXT NOT NULL,
  "digest" TEXT NOT NULL CHECK ("digest" ~ '^[0-9a-f]{64}$'),
  "scopes" TEXT[] NOT NULL CHECK (cardinality("scopes") > 0 AND "scopes" <@ ARRAY['read', 'run']),
  "model_ids" UUID[] NOT NULL DEFAULT '{}',
  "pass_id" TEXT,
  "cap_total" BIGINT CHECK ("cap_total" >= 0),
  "cap_day" BIGINT CHECK ("cap_day" >= 0),
  "cap_month" BIGINT CHECK ("cap_month" >= 0),
  "expires_at" TIMESTAMPTZ(3),
  "revoked_at" TIMESTAMPTZ(3),
  "last_used_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "api_key_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "api_key_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "api_key_digest_key" ON "api_key"("digest");
CREATE INDEX "api_key_user_id_created_at_idx" ON "api_key"("user_id", "created_at");

-- What a key has started, as of the day in `day` (UTC). A row of its own, so that noting when a key was last used waits for no run.
CREATE TABLE "api_key_spend" (
  "key_id" UUID NOT NULL,
  "total" BIGINT NOT NULL DEFAULT 0,
  "day" DATE NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date,
  "in_day" BIGINT NOT NULL DEFAULT 0,
  "in_month" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "api_key_spend_pkey" PRIMARY KEY ("key_id"),
  CONSTRAINT "api_key_spend_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "api_key_spend_counts" CHECK ("total" >= 0 AND "in_day" >= 0 AND "in_month" >= 0)
);

-- What goes back to a cap, until the key's next start counts it in: a run that ends must not wait for another that starts.
CREATE TABLE "api_key_return" (
  "generation_id" UUID NOT NULL,
  "key_id" UUID NOT NULL,
  "amount" BIGINT NOT NULL,
  "day" DATE NOT NULL,
  CONSTRAINT "api_key_return_pkey" PRIMARY KEY ("generation_id"),
  CONSTRAINT "api_key_return_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "api_key_return_key_id_idx" ON "api_key_return"("key_id");

ALTER TABLE "generation" ADD COLUMN "api_key_id" UUID;
ALTER TABLE "generation" ADD CONSTRAINT "generation_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "idempotent_start" (
  "user_id" UUID NOT NULL,
  "key" TEXT NOT NULL CHECK (char_length("key") BETWEEN 1 AND 255),
  "request_digest" TEXT NOT NULL,
  "quote" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "idempotent_start_pkey" PRIMARY KEY ("user_id", "key"),
  CONSTRAINT "idempotent_start_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "idempotent_start_created_at_idx" ON "idempotent_start"("created_at");

-- One row for each call of somebody who was let in. No foreign keys: they are written in batches, and are about what was.
CREATE TABLE "api_call" (
  "id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "user_id" UUID NOT NULL,
  "key_id" UUID,
  "door" TEXT NOT NULL,
  "route" TEXT NOT NULL,
  "model_slug" TEXT,
  "quote_id" UUID,
  "status" SMALLINT NOT NULL,
  "code" TEXT,
  "ms" INTEGER NOT NULL,
  "millicredits" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "api_call_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "api_call_at_idx" ON "api_call"("at");

-- Counts one call under each name, or as many as a name stands there times, in windows of a minute, and answers with what is counted so far and when it starts again. The rows are taken in the order
-- of their names, so that two calls which share several never wait for each other in a circle. The table is the one of lib/auth/rate-limit.ts.
CREATE FUNCTION gateway_count(p_names text[]) RETURNS TABLE (name text, points int, resets_ms int) LANGUAGE sql AS $$
  INSERT INTO rate_limit AS r (key, points, expire)
  SELECT n, count(*)::int, (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 60000 FROM unnest(p_names) n GROUP BY n ORDER BY n
  ON CONFLICT (key) DO UPDATE SET
    points = CASE WHEN r.expire <= excluded.expire - 60000 THEN excluded.points ELSE r.points + excluded.points END,
    expire = CASE WHEN r.expire <= excluded.expire - 60000 THEN excluded.expire ELSE r.expire END
  RETURNING r.key, r.points, greatest(0, r.expire - (extract(epoch FROM clock_timestamp()) * 1000)::bigint)::int
$$;

-- All that calls with keys need to know, and what they count, in one round trip for those that arrive together: address, key and owner of each, the rows
-- taken in the order of their names as above. Of several calls that share a name each gets a number of its own, in their order. One row for each item, in
-- any order; `id` is null where there is no such key, and the address was counted all the same.
CREATE FUNCTION gateway_open_keys(p_digests text[], p_addresses text[]) RETURNS TABLE (
  item int, id uuid, user_id uuid, address text, scopes text[], model_ids uuid[], pass_id text, is_revoked boolean, is_expired boolean, counted jsonb) LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
#variable_conflict use_column
DECLARE v_now bigint := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
BEGIN
  RETURN QUERY
  WITH opened AS MATERIALIZED (
    SELECT i.item::int AS item, i.caller, k.id, k.user_id, u.address, k.scopes, k.model_ids, k.pass_id, k.revoked_at IS NOT NULL AS is_revoked,
           coalesce(k.expires_at <= now(), false) AS is_expired
    FROM unnest(p_digests, p_addresses) WITH ORDINALITY i(digest, caller, item) LEFT JOIN api_key k ON k.digest = i.digest LEFT JOIN "user" u ON u.id = k.user_id),
  named AS MATERIALIZED (
    -- Whoever has found a key that is over must not use up what its owner may.
    SELECT o.item, n.name FROM opened o, LATERAL (VALUES ('gateway:address:' || o.caller), (CASE WHEN NOT o.is_revoked AND NOT o.is_expired THEN 'gateway:key:' || o.id END),
      (CASE WHEN NOT o.is_revoked AND NOT o.is_expired THEN 'gateway:wallet:' || o.user_id END)) n(name) WHERE n.name IS NOT NULL),
  summed AS (
    INSERT INTO rate_limit AS r (key, points, expire)
    SELECT n.name, count(*)::int, v_now + 60000 FROM named n GROUP BY n.name ORDER BY n.name
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN r.expire <= v_now THEN excluded.points ELSE r.points + excluded.points END,
      expire = CASE WHEN r.expire <= v_now THEN excluded.expire ELSE r.expire END
    RETURNING r.key, r.points, greatest(0, r.expire - v_now)::int AS resets_ms),
  each AS (
    SELECT n.item, jsonb_agg(jsonb_build_object('name', n.name, 'resetsMs', s.resets_ms, 'points', s.points - n.those + n.place)) AS counted
    FROM (SELECT n.item, n.name, count(*) OVER (PARTITION BY n.name) AS those, row_number() OVER (PARTITION BY n.name ORDER BY n.item) AS place FROM named n) n
    JOIN summed s ON s.key = n.name GROUP BY n.item)
  SELECT o.item, o.id, o.user_id, o.address, o.scopes, o.model_ids, o.pass_id, o.is_revoked, o.is_expired, e.counted FROM opened o JOIN each e ON e.item = o.item;
END $$;

-- Writes down calls, their sums (the tables of 20261203123000_usage), and when keys were last used. A call that is there already is counted no second time; sums are
-- taken in one order, so that two processes never wait for each other in a circle. p_calls: [{id, at, user, key, door, route, model, quote, status, code, ms, millicredits}].
CREATE FUNCTION gateway_record(p_calls jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  WITH written AS (
    INSERT INTO api_call (id, at, user_id, key_id, door, route, model_slug, quote_id, status, code, ms, millicredits)
    SELECT c.id, c.at, c."user", c.key, c.door, c.route, c.model, c.quote, c.status, c.code, c.ms, c.millicredits
    FROM jsonb_to_recordset(p_calls) c(id uuid, at timestamptz, "user" uuid, key uuid, door text, route text, model text, quote uuid, status smallint, code text, ms int, millicredits bigint)
    ON CONFLICT (id) DO NOTHING RETURNING *),
  told AS (
    SELECT w.*, CASE WHEN w.status >= 400 THEN coalesce(w.code, w.status::text) END AS refusal, round(ln(greatest(w.ms, 1)) / ln(1.1)) AS latency FROM written w),
  sides AS (
    SELECT 'holder' AS side, t.user_id::text AS who, t.key_id AS key, t.* FROM told t
    UNION ALL SELECT 'creator', t.model_slug, NULL, t.* FROM told t WHERE t.model_slug IS NOT NULL)
  INSERT INTO usage_calls AS u (side, who, grain, at, key_id, model_slug, door, code, latency, calls)
  SELECT s.side, s.who, g.grain, date_trunc(g.grain, s.at, 'UTC'), s.key, s.model_slug, s.door, s.refusal, s.latency, count(*)
  FROM sides s, (VALUES ('hour'), ('day')) g(grain) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ON CONFLICT (side, who, grain, at, key_id, model_slug, door, code, latency) DO UPDATE SET calls = u.calls + excluded.calls;
  PERFORM 1 FROM api_key k WHERE k.id IN (SELECT (c ->> 'key')::uuid FROM jsonb_array_elements(p_calls) c) ORDER BY k.id FOR NO KEY UPDATE;
  UPDATE api_key k SET last_used_at = u.at FROM (
    SELECT (c ->> 'key')::uuid AS id, max((c ->> 'at')::timestamptz) AS at FROM jsonb_array_elements(p_calls) c WHERE c ->> 'key' IS NOT NULL GROUP BY 1) u
   WHERE k.id = u.id AND coalesce(k.last_used_at < u.at, true);
END $$;

-- A run that a key starts: in the transaction that holds its credits the key is looked at again, and its caps are counted. The counter's row is the last lock that a
-- start takes, and nothing else takes it.
CREATE FUNCTION api_key_charge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_key api_key; v_spend api_key_spend; v_today date := (now() AT TIME ZONE 'UTC')::date; v_cap text;
BEGIN
  SELECT * INTO v_key FROM api_key WHERE id = NEW.api_key_id AND user_id = NEW.user_id;
  IF NOT FOUND OR v_key.revoked_at IS NOT NULL OR v_key.expires_at <= clock_timestamp() OR NOT 'run' = ANY (v_key.scopes) THEN
    RAISE EXCEPTION 'the key starts no runs' USING ERRCODE = 'GK401';
  END IF;
  IF cardinality(v_key.model_ids) > 0 AND NOT EXISTS (SELECT 1 FROM model_version v WHERE v.digest = NEW.version_digest AND v.model_id = ANY (v_key.model_ids)) THEN
    RAISE EXCEPTION 'the key is not for this model' USING ERRCODE = 'GK403';
  END IF;
  SELECT * INTO v_spend FROM api_key_spend WHERE key_id = v_key.id FOR UPDATE;
  -- Without its counter a key would have no caps.
  IF NOT FOUND THEN RAISE EXCEPTION 'key % has no counter', v_key.id USING ERRCODE = 'GK902'; END IF;
  IF v_spend.day < date_trunc('month', v_today) THEN v_spend.in_month := 0; END IF;
  IF v_spend.day < v_today THEN v_spend.in_day := 0; v_spend.day := v_today; END IF;
  WITH back AS (DELETE FROM api_key_return WHERE key_id = v_key.id RETURNING amount, day)
  SELECT v_spend.total - coalesce(sum(amount), 0), v_spend.in_day - coalesce(sum(amount) FILTER (WHERE day = v_spend.day), 0),
         v_spend.in_month - coalesce(sum(amount) FILTER (WHERE day >= date_trunc('month', v_spend.day)), 0)
    INTO v_spend.total, v_spend.in_day, v_spend.in_month FROM back;
  v_spend.total := v_spend.total + NEW.price_millicredits;
  v_spend.in_day := v_spend.in_day + NEW.price_millicredits;
  v_spend.in_month := v_spend.in_month + NEW.price_millicredits;
  v_cap := CASE WHEN v_spend.total > v_key.cap_total THEN 'total' WHEN v_spend.in_month > v_key.cap_month THEN 'month' WHEN v_spend.in_day > v_key.cap_day THEN 'day' END;
  IF v_cap IS NOT NULL AND NEW.price_millicredits > 0 THEN
    RAISE EXCEPTION 'a cap of the key is reached' USING ERRCODE = 'GK402', DETAIL = v_cap;
  END IF;
  UPDATE api_key_spend SET total = v_spend.total, day = v_spend.day, in_day = v_spend.in_day, in_month = v_spend.in_month WHERE key_id = v_key.id;
  RETURN NULL;
END $$;
CREATE TRIGGER generation_charges_key AFTER INSERT ON generation FOR EACH ROW WHEN (NEW.api_key_id IS NOT NULL) EXECUTE FUNCTION api_key_charge();

-- A run that ends unpaid gives its cap back, and so does one whose work could not be sealed and was refunded.
CREATE FUNCTION api_key_give_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO api_key_return (generation_id, key_id, amount, day)
  SELECT g.id, g.api_key_id, g.price_millicredits, (g.created_at AT TIME ZONE 'UTC')::date FROM generation g
   WHERE g.id = NEW.id AND g.api_key_id IS NOT NULL AND g.price_millicredits > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER generation_gives_back AFTER UPDATE ON generation FOR EACH ROW
  WHEN (NEW.api_key_id IS NOT NULL AND OLD.state IN ('held', 'running') AND NEW.state IN ('failed', 'cancelled', 'expired')) EXECUTE FUNCTION api_key_give_back();
CREATE TRIGGER work_gives_back AFTER UPDATE OF refunded_at ON work FOR EACH ROW
  WHEN (OLD.refunded_at IS NULL AND NEW.refunded_at IS NOT NULL) EXECUTE FUNCTION api_key_give_back();

-- What a key is stays what it was; it is revoked once, and not taken back.
CREATE FUNCTION api_key_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'keys are kept' USING ERRCODE = 'GK900'; END IF;
  IF (NEW.id, NEW.user_id, NEW.start, NEW.digest, NEW.scopes, NEW.model_ids, NEW.pass_id, NEW.expires_at, NEW.cap_total, NEW.cap_day, NEW.cap_month)
      IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.start, OLD.digest, OLD.scopes, OLD.model_ids, OLD.pass_id, OLD.expires_at, OLD.cap_total, OLD.cap_day, OLD.cap_month)
    OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
  THEN RAISE EXCEPTION 'illegal change of key %', OLD.id USING ERRCODE = 'GK901'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER api_key_moves BEFORE UPDATE OR DELETE ON api_key FOR EACH ROW EXECUTE FUNCTION api_key_guard();

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "api_key", "api_key_spend", "api_key_return", "idempotent_start", "api_call" TO intaglio_app;
    GRANT EXECUTE ON FUNCTION gateway_count, gateway_open_keys, gateway_record TO intaglio_app;
  END IF;
END $$;
