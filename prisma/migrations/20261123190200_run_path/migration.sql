-- The run path's moves between states: each guarded by the state it leaves, each with its ledger call in the same transaction.
-- Lock order everywhere: generations by id, then ledger accounts by id, then holds.
-- The hot ones have fixed plans, and so has what they call (lib/credits/README.md, "Decisions"): the queue's own functions were planned at each call.

CREATE FUNCTION generation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (
    (OLD.state = 'held' AND NEW.state IN ('held', 'running', 'failed', 'cancelled', 'expired')) OR
    (OLD.state = 'running' AND NEW.state IN ('running', 'captured', 'failed', 'cancelled', 'expired')) OR
    (OLD.state = NEW.state AND OLD.attempt = NEW.attempt)
  ) OR (NEW.id, NEW.user_id, NEW.version_digest, NEW.seed, NEW.params_hash, NEW.prompt_hash, NEW.price_millicredits, NEW.fee_millicredits, NEW.creator_id, NEW.parent_creator_id, NEW.parent_millicredits, NEW.pass_id, NEW.pass_hold_id, NEW.x402_payment_id)
      IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.version_digest, OLD.seed, OLD.params_hash, OLD.prompt_hash, OLD.price_millicredits, OLD.fee_millicredits, OLD.creator_id, OLD.parent_creator_id, OLD.parent_millicredits, OLD.pass_id, OLD.pass_hold_id, OLD.x402_payment_id)
  THEN RAISE EXCEPTION 'illegal change of generation % from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'GN901'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER generation_moves BEFORE UPDATE ON generation FOR EACH ROW EXECUTE FUNCTION generation_guard();
CREATE INDEX generation_open ON generation (deadline_at) WHERE state IN ('held', 'running');
-- What a person still waits for.
CREATE INDEX generation_open_of_person ON generation (user_id) WHERE state IN ('held', 'running');
CREATE INDEX work_unsealed ON work (owner_id) WHERE sealed_at IS NULL;
CREATE INDEX generation_queue ON generation (created_at) WHERE state = 'held';
-- Of few runs: those that a pass let in, and those that it paid.
CREATE INDEX generation_of_pass ON generation (pass_id, created_at) WHERE pass_id IS NOT NULL;
CREATE UNIQUE INDEX generation_pass_hold ON generation (pass_hold_id) WHERE pass_hold_id IS NOT NULL;
ALTER TABLE generation ADD CONSTRAINT generation_pass_of_hold CHECK (pass_hold_id IS NULL OR pass_id IS NOT NULL);

-- Hold + insert + enqueue for the runs of one quote: all of them or none. A second call with the same ids does nothing.
-- p_run: what all runs share. p_items: [{id, ordinal, seed, salt, prompt_hash, price, fee, parent_share, trial, pass_hold}]; a price of 0 holds no
-- credits. With pass_hold the run is one that the pass includes: under that id it holds one of p_run's pass_purse. With p_run's payment (x402) it is
-- paid once it is delivered: the payment is written down, and nothing is held.
-- Returns true when this call started them.
CREATE FUNCTION generation_start(p_user uuid, p_purse bigint, p_run jsonb, p_items jsonb, p_deadline_seconds int, p_hold_seconds int) RETURNS boolean
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
  v_ids uuid[]; v_unheld int; v_trials int; v_included int; v_status ledger.call_status[];
  v_holds uuid[]; v_prices bigint[]; v_purses bigint[]; v_pass_holds uuid[]; v_pass text := p_run ->> 'pass'; v_payment jsonb := nullif(p_run -> 'payment', 'null');
  v_points int; v_expire bigint;
BEGIN
  -- It enqueues jobs, which notifies: of such commits Postgres lets one through at a time, with its wait for the disk (lib/jobs/on-disk.ts).
  PERFORM set_config('synchronous_commit', 'off', true);
  SELECT array_agg((i ->> 'id')::uuid), coalesce(array_agg((i ->> 'id')::uuid) FILTER (WHERE (i ->> 'price')::bigint > 0 AND v_payment IS NULL), '{}'),
         array_agg((i ->> 'price')::bigint) FILTER (WHERE (i ->> 'price')::bigint > 0 AND v_payment IS NULL), count(*) FILTER (WHERE (i ->> 'trial')::boolean),
         coalesce(array_agg((i ->> 'pass_hold')::uuid) FILTER (WHERE i ->> 'pass_hold' IS NOT NULL), '{}'),
         count(*) FILTER (WHERE v_payment IS NOT NULL OR (i ->> 'price')::bigint = 0 AND i ->> 'pass_hold' IS NULL)
  INTO v_ids, v_holds, v_prices, v_trials, v_pass_holds, v_unheld FROM jsonb_array_elements(p_items) i;
  v_included := cardinality(v_pass_holds);
  -- Against a freeze: one that is being written is waited for, and one that comes waits for this to end (lib/passes/freeze-runs.ts).
  IF v_pass IS NOT NULL THEN PERFORM pg_advisory_xact_lock_shared(hashtextextended(v_pass, 9)); END IF;
  -- What holds nothing has no hold to tell that it was started before.
  IF v_unheld > 0 THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_user::text || (p_run ->> 'model'), 8));
    IF EXISTS (SELECT 1 FROM generation WHERE id = ANY (v_ids)) THEN RETURN false; END IF;
    IF v_trials > 0 AND v_trials + (
      SELECT count(*) FROM generation g JOIN model_version v ON v.digest = g.version_digest
       WHERE g.user_id = p_user AND g.is_trial AND v.model_id = (p_run ->> 'model')::uuid AND g.state IN ('held', 'running', 'captured'))
      > (p_run ->> 'trial_runs')::int THEN RAISE EXCEPTION 'no free runs are left' USING ERRCODE = 'GN410'; END IF;
  END IF;
  v_purses := array_fill(p_purse, ARRAY[cardinality(v_holds)]);
  IF v_included > 0 THEN
    v_holds := v_pass_holds || v_holds;
    v_purses := array_fill((p_run ->> 'pass_purse')::bigint, ARRAY[v_included]) || v_purses;
    v_prices := array_fill(1::bigint, ARRAY[v_included]) || v_prices;
  END IF;
  -- One call for credits and runs of passes: what it locks, it locks in the one order.
  IF v_holds <> '{}' THEN v_status := ledger.hold_set(v_holds, v_purses, v_prices, make_interval(secs => p_hold_seconds)); END IF;
  IF 'insufficient' = ANY (v_status[:v_included]) THEN RAISE EXCEPTION 'no included runs are left' USING ERRCODE = 'GN411'; END IF;
  IF 'insufficient' = ANY (v_status) THEN RAISE EXCEPTION 'insufficient credits' USING ERRCODE = 'GN402'; END IF;
  IF 'frozen' = ANY (v_status) THEN RAISE EXCEPTION 'spending is frozen' USING ERRCODE = 'GN403'; END IF;
  IF 'conflict' = ANY (v_status) THEN RAISE EXCEPTION 'same quote, other content' USING ERRCODE = 'GN409'; END IF;
  IF 'replay' = ANY (v_status) THEN RETURN false; END IF;
  IF v_payment IS NOT NULL THEN PERFORM x402_open(p_user, p_purse, (p_run ->> 'model')::uuid, v_payment); END IF;
  -- After the holds, so that what was started before is a replay whatever became of its pass.
  IF v_pass IS NOT NULL AND EXISTS (
    SELECT 1 FROM pass_freeze f WHERE f.pass_id = v_pass AND (f.until IS NULL OR f.until > now()) AND (f.why = 'refund' OR v_included > 0)) THEN
    RAISE EXCEPTION 'the pass is frozen' USING ERRCODE = 'GN423';
  END IF;
  -- What the pass's tier allows a minute (lib/gateway, "Limits"): only runs that start are counted, for what refuses them takes the count back.
  IF p_run ->> 'pass_rate' IS NOT NULL THEN
    INSERT INTO rate_limit AS r (key, points, expire)
    VALUES ('gateway:tier:' || v_pass, cardinality(v_ids), (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 60000)
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN r.expire <= excluded.expire - 60000 THEN excluded.points ELSE r.points + excluded.points END,
      expire = CASE WHEN r.expire <= excluded.expire - 60000 THEN excluded.expire ELSE r.expire END
    RETURNING r.points, r.expire INTO v_points, v_expire;
    IF v_points > (p_run ->> 'pass_rate')::int THEN
      RAISE EXCEPTION 'more runs than the pass allows a minute' USING ERRCODE = 'GN429',
        DETAIL = greatest(1, v_expire - (extract(epoch FROM clock_timestamp()) * 1000)::bigint)::text;
    END IF;
  END IF;
  -- Held, so that the picture a run starts from is not swept from under it.
  IF p_run ->> 'upload' IS NOT NULL THEN
    PERFORM 1 FROM upload WHERE id = (p_run ->> 'upload')::uuid AND owner_id = p_user FOR KEY SHARE;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such upload of this person' USING ERRCODE = 'GN404'; END IF;
  END IF;
  -- Asked again: a quote lives for minutes.
  IF EXISTS (SELECT 1 FROM takedown WHERE work_id = (p_run ->> 'parent_work')::uuid AND lifted_at IS NULL) THEN
    RAISE EXCEPTION 'the work it starts from was taken down' USING ERRCODE = 'GN451';
  END IF;
  -- Where there was a rule the caller has asked it again.
  IF NOT (p_run ->> 'ruled')::boolean AND EXISTS (SELECT 1 FROM access_rule WHERE model_id = (p_run ->> 'model')::uuid) THEN
    RAISE EXCEPTION 'the model was open to everyone, and is no more' USING ERRCODE = 'GN412';
  END IF;
  INSERT INTO generation (id, quote_id, ordinal, user_id, version_digest, deployment_id, prompt, prompt_salt, prompt_hash, seed, params_text, params_hash,
                          parent, price_millicredits, fee_millicredits, creator_id, parent_creator_id, parent_millicredits, mint_price_wei, is_trial, parent_work_id, upload_id, api_key_id, pass_id, pass_hold_id, x402_payment_id, deadline_at)
  SELECT (i ->> 'id')::uuid, (p_run ->> 'quote')::uuid, (i ->> 'ordinal')::smallint, p_user, p_run ->> 'version', (p_run ->> 'deployment')::uuid,
         p_run ->> 'prompt', i ->> 'salt', i ->> 'prompt_hash', i ->> 'seed', p_run ->> 'params_text', p_run ->> 'params_hash',
         p_run ->> 'parent', (i ->> 'price')::bigint, (i ->> 'fee')::bigint, (p_run ->> 'creator')::uuid, (p_run ->> 'parent_creator')::uuid,
         coalesce((i ->> 'parent_share')::bigint, 0), (p_run ->> 'mint_price_wei')::numeric, (i ->> 'trial')::boolean, (p_run ->> 'parent_work')::uuid,
         (p_run ->> 'upload')::uuid, (p_run ->> 'api_key')::uuid, v_pass, (i ->> 'pass_hold')::uuid, (v_payment ->> 'id')::uuid, now() + make_interval(secs => p_deadline_seconds)
  FROM jsonb_array_elements(p_items) i;
  PERFORM graphile_worker.add_jobs(array_agg(
    ('run-generation', json_build_object('id', x), NULL, NULL, 10, 'run ' || x, NULL, NULL)::graphile_worker.job_spec)) FROM unnest(v_ids) x;
  RETURN true;
END $$;

-- Captures delivered runs. p_items: [{id, attempt, content, receipt, signature, work: {kind, text}, width, height, blob, report: {deployment, job, seed, model,
-- weights, ms, raw}}].
-- 'captured': state, ledger, work and sealing job were written (now, or by an earlier call of the same attempt).
-- 'stale': another attempt is current, the run has ended, or its deadline has passed; nothing was written for it.
CREATE FUNCTION generation_capture_set(p_items jsonb, p_platform bigint) RETURNS TABLE (id uuid, outcome text) LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
#variable_conflict use_column
DECLARE v_ids uuid[]; v_moved uuid[]; v_bad int;
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true); -- as above; whoever acts on it commits after it, and waits for both
  SELECT array_agg((i ->> 'id')::uuid) INTO v_ids FROM jsonb_array_elements(p_items) i;
  PERFORM 1 FROM generation g WHERE g.id = ANY (v_ids) ORDER BY g.id FOR NO KEY UPDATE;
  WITH moved AS (
    UPDATE generation g SET state = 'captured', ended_at = now(), progress_percent = 100
    FROM jsonb_array_elements(p_items) i
    WHERE g.id = (i ->> 'id')::uuid AND g.state = 'running' AND g.attempt = (i ->> 'attempt')::smallint AND g.deadline_at > now()
    RETURNING g.id)
  SELECT coalesce(array_agg(m.id), '{}') INTO v_moved FROM moved m;
  IF cardinality(v_moved) > 0 THEN
    -- Earnings from card and bonus lots pend under the day they were made; the rest can be paid out at once. The platform's fee does not wait.
    -- A run that a pass includes has a hold of its own; in a remix it has both.
    WITH run AS MATERIALIZED (
      SELECT g.id, g.creator_id, g.parent_creator_id, g.price_millicredits, g.fee_millicredits, g.parent_millicredits, g.pass_hold_id
      FROM generation g WHERE g.id = ANY (v_moved)),
    due AS (SELECT r.*, row_number() OVER (ORDER BY r.id)::int AS item FROM run r WHERE r.price_millicredits > 0),
    included AS (
      SELECT r.pass_hold_id AS id, (SELECT count(*) FROM due)::int + row_number() OVER (ORDER BY r.id)::int AS item,
             ledger.open_account('runs_used', 'house', '', 3::smallint) AS used
      FROM run r WHERE r.pass_hold_id IS NOT NULL),
    earner AS MATERIALIZED (
      SELECT e.id, ledger.open_account('creator_pending', e.id::text, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')) AS pending,
             ledger.open_account('creator_available', e.id::text) AS available
      FROM (SELECT creator_id AS id FROM due UNION SELECT parent_creator_id FROM due WHERE parent_creator_id IS NOT NULL ORDER BY 1) e),
    split AS (
      SELECT r.item, 0 AS place, e.pending, e.available, r.price_millicredits - r.fee_millicredits - r.parent_millicredits AS amount,
             'run_creator'::ledger.transfer_code AS code FROM due r JOIN earner e ON e.id = r.creator_id
      UNION ALL SELECT r.item, 1, e.pending, e.available, r.parent_millicredits, 'run_parent' FROM due r JOIN earner e ON e.id = r.parent_creator_id
      UNION ALL SELECT r.item, 2, p_platform, p_platform, r.fee_millicredits, 'run_fee' FROM due r
      UNION ALL SELECT i.item, 0, i.used, i.used, 1, 'included_run' FROM included i),
    call AS (
      SELECT (SELECT array_agg(h.id ORDER BY h.item) FROM (SELECT r.id, r.item FROM due r UNION ALL SELECT i.id, i.item FROM included i) h) AS ids,
             array_agg(s.item ORDER BY s.item, s.place) AS items,
             array_agg(s.pending ORDER BY s.item, s.place) AS pendings, array_agg(s.available ORDER BY s.item, s.place) AS availables,
             array_agg(s.amount ORDER BY s.item, s.place) AS amounts, array_agg(s.code ORDER BY s.item, s.place) AS codes
      FROM split s WHERE s.amount > 0)
    SELECT count(*) FILTER (WHERE c <> 'ok') INTO v_bad
    FROM (SELECT * FROM call WHERE ids IS NOT NULL) a, LATERAL unnest(ledger.capture_set(a.ids, 'run', a.items, a.pendings, a.availables, a.amounts, a.codes)) c;
    IF v_bad > 0 THEN RAISE EXCEPTION '% holds could not be captured', v_bad USING ERRCODE = 'GN500'; END IF;
    INSERT INTO work (id, owner_id, version_digest, kind, text, content, receipt_digest, signature, width, height, output_blob, captured_at)
    SELECT g.id, g.user_id, g.version_digest, (i #>> '{work,kind}')::work_kind, i #>> '{work,text}', i ->> 'content', i ->> 'receipt', i ->> 'signature', (i ->> 'width')::int, (i ->> 'height')::int, i ->> 'blob', now()
    FROM jsonb_array_elements(p_items) i JOIN generation g ON g.id = (i ->> 'id')::uuid WHERE g.id = ANY (v_moved);
    INSERT INTO generation_report (generation_id, deployment_id, provider_job_id, seed_reported, model_reported, weights_reported, endpoint_ms, raw)
    SELECT r.id, (r.report ->> 'deployment')::uuid, r.report ->> 'job', r.report ->> 'seed', r.report ->> 'model', r.report ->> 'weights',
           (r.report ->> 'ms')::int, r.report ->> 'raw'
    FROM (SELECT (i ->> 'id')::uuid AS id, i -> 'report' AS report FROM jsonb_array_elements(p_items) i) r WHERE r.id = ANY (v_moved);
    PERFORM graphile_worker.add_jobs(array_agg(
      ('seal-work', json_build_object('id', x), NULL, NULL, 25, NULL, -1, NULL)::graphile_worker.job_spec)) FROM unnest(v_moved) x;
  END IF;
  RETURN QUERY
  SELECT (i ->> 'id')::uuid,
         CASE WHEN (i ->> 'id')::uuid = ANY (v_moved) THEN 'captured'
              WHEN EXISTS (SELECT 1 FROM generation g WHERE g.id = (i ->> 'id')::uuid AND g.state = 'captured' AND g.attempt = (i ->> 'attempt')::smallint) THEN 'captured'
              ELSE 'stale' END
  FROM jsonb_array_elements(p_items) i;
END $$;

-- A run that a pass included comes back to its period's lot. Where that is over, it would be lost, though the pass's holder did nothing wrong: it is given
-- anew then, in a lot of its own, for a day. Which of these holds that concerns (the ledger's net may have let go of one before); with what is locked for it, in the order that everybody takes.
CREATE FUNCTION pass_runs_late(p_holds uuid[]) RETURNS uuid[] LANGUAGE plpgsql AS $$
DECLARE v_late uuid[];
BEGIN
  SELECT array_agg(h.id ORDER BY h.id) INTO v_late FROM ledger.hold h JOIN ledger.account a ON a.id = h.lots[1]
   WHERE h.id = ANY (p_holds) AND a.kind = 'pass_runs' AND a.expires_at <= CASE WHEN h.state IN ('released', 'expired') THEN h.ended_at ELSE now() END;
  IF v_late IS NOT NULL THEN
    PERFORM ledger.lock_accounts(ARRAY(SELECT unnest(h.lots) FROM ledger.hold h WHERE h.id = ANY (p_holds)) || ledger.open_account('runs_granted', 'house', '', 3::smallint));
  END IF;
  RETURN v_late;
END $$;

CREATE FUNCTION pass_runs_give_anew(p_late uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v_run record;
BEGIN
  FOR v_run IN
    SELECT h.id, a.owner FROM ledger.hold h JOIN ledger.account a ON a.id = h.lots[1] WHERE h.id = ANY (p_late) ORDER BY a.purse_id, h.id
  LOOP
    PERFORM ledger.post(md5('included_back ' || v_run.id)::uuid, 0, ledger.open_account('runs_granted', 'house', '', 3::smallint),
      ledger.open_account('pass_runs', v_run.owner, 'back ' || v_run.id, 3::smallint, now() + interval '1 day'), 1, 'included_back', v_run.id);
  END LOOP;
END $$;

-- Ends a run without delivery and lets go of its hold. p_attempt NULL: whoever is running it (cancel before the start, sweeper).
-- p_from narrows which states may be left. An attempt whose delivery is parked ends nothing: its payment may be on its way. Returns whether this call ended it.
CREATE FUNCTION generation_end(p_id uuid, p_attempt smallint, p_from generation_state[], p_state generation_state, p_error text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE v_pass_hold uuid; v_late uuid[];
BEGIN
  IF p_state NOT IN ('failed', 'cancelled', 'expired') THEN RAISE EXCEPTION 'not an end without delivery: %', p_state USING ERRCODE = 'GN901'; END IF;
  UPDATE generation SET state = p_state, ended_at = now(), error_code = p_error
   WHERE id = p_id AND state = ANY (p_from) AND (p_attempt IS NULL OR (attempt = p_attempt AND delivered_at IS NULL)) RETURNING pass_hold_id INTO v_pass_hold;
  IF NOT FOUND THEN RETURN false; END IF;
  -- Who cancels has decided it.
  IF v_pass_hold IS NOT NULL AND p_state <> 'cancelled' THEN v_late := pass_runs_late(ARRAY[p_id, v_pass_hold]); END IF;
  PERFORM ledger.release_set(array_remove(ARRAY[p_id, v_pass_hold], NULL));
  IF v_late IS NOT NULL THEN PERFORM pass_runs_give_anew(v_late); END IF;
  RETURN true;
END $$;

-- Ends every run whose deadline has passed. Returns how many.
CREATE FUNCTION generation_sweep(p_limit int DEFAULT 200) RETURNS int LANGUAGE plpgsql AS $$
DECLARE v_ids uuid[]; v_holds uuid[]; v_late uuid[];
BEGIN
  v_ids := ARRAY(SELECT id FROM generation WHERE state IN ('held', 'running') AND deadline_at <= now() ORDER BY id LIMIT p_limit FOR NO KEY UPDATE SKIP LOCKED);
  WITH ended AS (UPDATE generation SET state = 'expired', ended_at = now(), error_code = 'run_deadline' WHERE id = ANY (v_ids) RETURNING pass_hold_id)
  SELECT array_agg(pass_hold_id) FILTER (WHERE pass_hold_id IS NOT NULL) INTO v_holds FROM ended;
  IF v_holds IS NOT NULL THEN v_late := pass_runs_late(v_ids || v_holds); END IF;
  PERFORM ledger.release_set(v_ids || v_holds);
  IF v_late IS NOT NULL THEN PERFORM pass_runs_give_anew(v_late); END IF;
  RETURN cardinality(v_ids);
END $$;

-- Each row is a contradiction between runs, holds and works. There are none, ever. A run that costs no credits has no hold of them; one that
-- a pass includes has a hold of its own, which fares as the other does. One that is paid with x402 has its hold from the moment it is captured.
CREATE VIEW run_audit AS
  SELECT g.id, g.state::text AS state, nullif(concat_ws(' and ', h.state, i.state), '') AS hold, (w.id IS NOT NULL) AS has_work
  FROM generation g LEFT JOIN ledger.hold h ON h.id = g.id LEFT JOIN ledger.hold i ON i.id = g.pass_hold_id LEFT JOIN work w ON w.id = g.id
  WHERE (w.id IS NOT NULL) <> (g.state = 'captured') OR EXISTS (
    SELECT FROM (VALUES (g.price_millicredits > 0 AND (g.x402_payment_id IS NULL OR g.state = 'captured'), h.state), (g.pass_hold_id IS NOT NULL, i.state)) x(is_wanted, state)
    WHERE coalesce(CASE
      WHEN NOT x.is_wanted THEN x.state IS NULL
      WHEN g.state IN ('held', 'running') THEN x.state = 'open'
      WHEN g.state = 'captured' THEN x.state = 'captured'
      ELSE x.state IN ('released', 'expired') END, false) = false);

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT USAGE ON SCHEMA public TO intaglio_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO intaglio_app;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO intaglio_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO intaglio_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO intaglio_app;
  END IF;
END $$;
