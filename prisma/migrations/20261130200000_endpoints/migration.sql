-- Endpoints of creators: how a deployment is reached, its secret, what became of calls, and what its creator has to know.
ALTER TABLE "model" ADD COLUMN "paused_because" TEXT;
ALTER TABLE "model_version"
  ADD COLUMN "changelog" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "rights_text" TEXT,
  ADD COLUMN "rights_at" TIMESTAMPTZ(3),
  ADD COLUMN "bounds" JSONB;

ALTER TABLE "deployment"
  ADD COLUMN "url" TEXT,
  ADD COLUMN "options" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "must_report" TEXT,
  ADD COLUMN "priority" SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN "max_running" SMALLINT NOT NULL DEFAULT 64,
  ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "open_until" TIMESTAMPTZ(3),
  ADD CONSTRAINT "deployment_max_running" CHECK ("max_running" BETWEEN 1 AND 1000);

ALTER TABLE "price"
  ALTER COLUMN "base_millicredits" SET DEFAULT 0,
  ALTER COLUMN "per_megapixel_millicredits" SET DEFAULT 0,
  ADD COLUMN "per_image_millicredits" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "per_step_millicredits" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "trial_runs" SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN "discounts" JSONB NOT NULL DEFAULT '[]',
  ADD CONSTRAINT "price_not_negative" CHECK (LEAST("base_millicredits", "per_image_millicredits", "per_megapixel_millicredits", "per_step_millicredits", "trial_runs") >= 0);

ALTER TABLE "generation" ADD COLUMN "is_trial" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "parent_work_id" UUID;
-- Children of a work.
CREATE INDEX generation_parent ON generation (parent_work_id) WHERE parent_work_id IS NOT NULL;
CREATE INDEX generation_trial ON generation (user_id, version_digest) WHERE is_trial;

CREATE TABLE "deployment_secret" (
  "deployment_id" UUID NOT NULL,
  "kid" TEXT NOT NULL,
  "wrapped_key" BYTEA NOT NULL,
  "ciphertext" BYTEA NOT NULL,
  "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "deployment_secret_pkey" PRIMARY KEY ("deployment_id")
);
ALTER TABLE "deployment_secret" ADD CONSTRAINT "deployment_secret_deployment_id_fkey"
  FOREIGN KEY ("deployment_id") REFERENCES "deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "deployment_check" (
  "id" UUID NOT NULL,
  "deployment_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ms" INTEGER NOT NULL,
  "fault" TEXT,
  "what" TEXT,
  CONSTRAINT "deployment_check_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "deployment_check_deployment_id_at_idx" ON "deployment_check"("deployment_id", "at");
ALTER TABLE "deployment_check" ADD CONSTRAINT "deployment_check_deployment_id_fkey"
  FOREIGN KEY ("deployment_id") REFERENCES "deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "creator_notice" (
  "id" UUID NOT NULL,
  "key" TEXT NOT NULL,
  "creator_id" UUID NOT NULL,
  "model_id" UUID,
  "kind" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "seen_at" TIMESTAMPTZ(3),
  CONSTRAINT "creator_notice_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "creator_notice_key_key" ON "creator_notice"("key");
CREATE INDEX "creator_notice_creator_id_created_at_idx" ON "creator_notice"("creator_id", "created_at");
ALTER TABLE "creator_notice" ADD CONSTRAINT "creator_notice_creator_id_fkey"
  FOREIGN KEY ("creator_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "creator_notice" ADD CONSTRAINT "creator_notice_model_id_fkey"
  FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "endpoint_call" (
  "generation_id" UUID NOT NULL,
  "attempt" SMALLINT NOT NULL,
  "deployment_id" UUID NOT NULL,
  "submitted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "job_id" TEXT NOT NULL,
  "job" JSONB NOT NULL,
  "moved_at" TIMESTAMPTZ(3),
  CONSTRAINT "endpoint_call_pkey" PRIMARY KEY ("generation_id", "deployment_id")
);
CREATE INDEX "endpoint_call_deployment_id_job_id_idx" ON "endpoint_call"("deployment_id", "job_id");
ALTER TABLE "endpoint_call" ADD CONSTRAINT "endpoint_call_generation_id_fkey"
  FOREIGN KEY ("generation_id") REFERENCES "generation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "endpoint_call" ADD CONSTRAINT "endpoint_call_deployment_id_fkey"
  FOREIGN KEY ("deployment_id") REFERENCES "deployment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "generation_report" (
  "generation_id" UUID NOT NULL,
  "deployment_id" UUID NOT NULL,
  "provider_job_id" TEXT,
  "seed_reported" TEXT,
  "model_reported" TEXT,
  "weights_reported" TEXT,
  "endpoint_ms" INTEGER NOT NULL,
  "raw" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "generation_report_pkey" PRIMARY KEY ("generation_id")
);
CREATE INDEX "generation_report_deployment_id_at_idx" ON "generation_report"("deployment_id", "at");
ALTER TABLE "generation_report" ADD CONSTRAINT "generation_report_generation_id_fkey"
  FOREIGN KEY ("generation_id") REFERENCES "generation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "generation_report" ADD CONSTRAINT "generation_report_deployment_id_fkey"
  FOREIGN KEY ("deployment_id") REFERENCES "deployment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What runs now: the limits count it. A deployment is one creator's. What was delivered and waits for its payment (lib/gateway/x402) keeps nobody busy.
CREATE INDEX generation_running ON generation (creator_id, deployment_id) WHERE state = 'running' AND delivered_at IS NULL;
CREATE INDEX generation_running_of_person ON generation (user_id) WHERE state = 'running' AND delivered_at IS NULL;

-- Where every endpoint of a version is left alone for its faults: when the first of them may be tried again. NULL where one takes runs now, or
-- none ever will.
CREATE FUNCTION version_opens_at(p_version text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN bool_and(coalesce(open_until > now(), false)) THEN min(open_until) END FROM deployment
   WHERE version_digest = p_version AND active_from <= now() AND (active_to IS NULL OR active_to > now())
$$;

-- held | running → running with the next attempt, which fences off whoever ran it before. It stays held, and its job comes again, where the
-- endpoint, its creator or the person has as many runs as they may at once, and where every endpoint is left alone but one may be tried again
-- while a quarter of the run's time is still to come. No row: it has ended, its deadline has passed, or it is delivered and waits for its payment. Only for generation_claim_set, which has the locks.
-- Whoever has claimed the running attempt: asking twice for one answer is not a second attempt.
ALTER TABLE generation ADD COLUMN claimed_by uuid;

CREATE FUNCTION generation_claim(p_id uuid, p_token uuid, p_per_user int, p_per_creator int) RETURNS SETOF generation LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE g generation%ROWTYPE; v_max int; v_opens timestamptz;
BEGIN
  SELECT * INTO g FROM generation WHERE id = p_id AND state IN ('held', 'running') AND delivered_at IS NULL AND deadline_at > now();
  IF NOT FOUND THEN RETURN; END IF;
  IF g.state = 'running' AND g.claimed_by = p_token THEN
    RETURN NEXT g;
    RETURN;
  END IF;
  IF g.state = 'held' THEN
    v_opens := version_opens_at(g.version_digest);
    IF v_opens < g.deadline_at - (g.deadline_at - g.created_at) / 4 THEN
      -- Sooner than that where its creator mends it meanwhile.
      PERFORM graphile_worker.add_job('run-generation', json_build_object('id', p_id),
        run_at => least(v_opens, now() + interval '20 seconds') + random() * interval '1500 milliseconds', priority => 10, job_key => 'run ' || p_id);
      RETURN NEXT g;
      RETURN;
    END IF;
    -- Of those that waited for an endpoint one goes first, to see whether it works: all at once would be ten faults more.
    SELECT CASE WHEN d.open_until IS NULL OR EXISTS (
             SELECT 1 FROM deployment o WHERE o.version_digest = g.version_digest AND o.open_until IS NULL
                AND o.active_from <= now() AND (o.active_to IS NULL OR o.active_to > now())) THEN d.max_running ELSE 1 END
      INTO v_max FROM deployment d WHERE d.id = g.deployment_id;
    IF (SELECT count(*) FROM generation WHERE state = 'running' AND delivered_at IS NULL AND creator_id = g.creator_id) >= p_per_creator
       OR (SELECT count(*) FROM generation WHERE state = 'running' AND delivered_at IS NULL AND creator_id = g.creator_id AND deployment_id = g.deployment_id) >= v_max
       OR (SELECT count(*) FROM generation WHERE state = 'running' AND delivered_at IS NULL AND user_id = g.user_id) >= p_per_user THEN
      -- Not all at the same moment: a thousand that wait would ask two thousand times a second.
      PERFORM graphile_worker.add_job('run-generation', json_build_object('id', p_id),
        run_at => now() + interval '300 milliseconds' + random() * interval '1500 milliseconds', priority => 10, job_key => 'run ' || p_id);
      RETURN NEXT g;
      RETURN;
    END IF;
  END IF;
  RETURN QUERY UPDATE generation SET state = 'running', attempt = attempt + 1, started_at = now(), progress_percent = 0, claimed_by = p_token
    WHERE id = p_id AND state IN ('held', 'running') AND delivered_at IS NULL AND deadline_at > now() RETURNING *;
END $$;

-- Claims what one process asks for together, in one transaction: 16 at most. Those who count wait for each other, at a busy creator or endpoint only
-- where it is nearly full: four processes may be counting at once. All locks come first, creators, endpoints, people, each kind in its own order, and
-- runs are claimed by id.
CREATE FUNCTION generation_claim_set(p_ids uuid[], p_tokens uuid[], p_per_user int, p_per_creator int) RETURNS SETOF generation LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE v_id uuid; v_token uuid; c_counting CONSTANT int := 64;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(x.creator_id::text, 5))
    FROM (SELECT DISTINCT creator_id FROM generation WHERE id = ANY (p_ids) AND state = 'held' ORDER BY 1) x
   WHERE (SELECT count(*) FROM generation r WHERE r.state = 'running' AND r.delivered_at IS NULL AND r.creator_id = x.creator_id) + c_counting >= p_per_creator;
  PERFORM pg_advisory_xact_lock(hashtextextended(x.deployment_id::text, 6))
    FROM (SELECT DISTINCT g.deployment_id, g.creator_id, d.open_until, d.max_running FROM generation g JOIN deployment d ON d.id = g.deployment_id
           WHERE g.id = ANY (p_ids) AND g.state = 'held' ORDER BY 1) x
   WHERE x.open_until IS NOT NULL
      OR (SELECT count(*) FROM generation r WHERE r.state = 'running' AND r.delivered_at IS NULL AND r.creator_id = x.creator_id AND r.deployment_id = x.deployment_id)
         + c_counting >= x.max_running;
  PERFORM pg_advisory_xact_lock(hashtextextended(x.user_id::text, 7))
    FROM (SELECT DISTINCT user_id FROM generation WHERE id = ANY (p_ids) AND state = 'held' ORDER BY 1) x;
  FOR v_id, v_token IN SELECT * FROM unnest(p_ids, p_tokens) ORDER BY 1 LOOP
    RETURN QUERY SELECT * FROM generation_claim(v_id, v_token, p_per_user, p_per_creator);
  END LOOP;
END $$;

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT EXECUTE ON FUNCTION generation_claim, generation_claim_set, version_opens_at TO intaglio_app;
  END IF;
END $$;
