-- Protecting a model: budgets, restraints, traces of finished runs, alarms over them, canaries. lib/protection/README.md says what is promised.
CREATE TYPE "protection_subject" AS ENUM ('wallet', 'pass', 'model');
CREATE TYPE "protection_restraint_kind" AS ENUM ('slowed', 'stopped');
CREATE TYPE "protection_step_kind" AS ENUM ('budget', 'slowed', 'stopped', 'lifted', 'refunded', 'dismissed');
CREATE TYPE "protection_alarm_kind" AS ENUM ('sweep', 'seeds', 'linked', 'canary');
CREATE TYPE "protection_canary_kind" AS ENUM ('prompt', 'output');

CREATE TABLE "protection_budget" (
  "model_id" UUID NOT NULL,
  "subject" "protection_subject" NOT NULL,
  "per_hour" INTEGER CHECK ("per_hour" > 0),
  "per_day" INTEGER CHECK ("per_day" > 0),
  "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "protection_budget_pkey" PRIMARY KEY ("model_id", "subject"),
  CONSTRAINT "protection_budget_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "protection_budget_says" CHECK ("per_hour" IS NOT NULL OR "per_day" IS NOT NULL)
);

-- What was started, in the hour and on the day (UTC) of the last start. `who`: a person's id, a pass's, the model's.
CREATE TABLE "protection_count" (
  "model_id" UUID NOT NULL,
  "subject" "protection_subject" NOT NULL,
  "who" TEXT NOT NULL,
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "in_hour" INTEGER NOT NULL DEFAULT 0 CHECK ("in_hour" >= 0),
  "in_day" INTEGER NOT NULL DEFAULT 0 CHECK ("in_day" >= 0),
  CONSTRAINT "protection_count_pkey" PRIMARY KEY ("model_id", "subject", "who")
);

-- What goes back to a budget with its next start: a run that ends must not wait for another that starts.
CREATE TABLE "protection_return" (
  "generation_id" UUID NOT NULL,
  "model_id" UUID NOT NULL,
  "subject" "protection_subject" NOT NULL,
  "who" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "protection_return_pkey" PRIMARY KEY ("generation_id", "subject")
);
CREATE INDEX "protection_return_model_id_subject_who_idx" ON "protection_return"("model_id", "subject", "who");

CREATE TABLE "protection_restraint" (
  "model_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "kind" "protection_restraint_kind" NOT NULL,
  "min_seconds" INTEGER CHECK ("min_seconds" BETWEEN 1 AND 604800),
  "next_at" TIMESTAMPTZ(3),
  "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "protection_restraint_pkey" PRIMARY KEY ("model_id", "user_id"),
  CONSTRAINT "protection_restraint_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "protection_restraint_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "protection_restraint_says" CHECK (("kind" = 'slowed') = ("min_seconds" IS NOT NULL))
);

-- Who did what to whom, when. Kept as it was written.
CREATE TABLE "protection_step" (
  "id" UUID NOT NULL,
  "model_id" UUID NOT NULL,
  "user_id" UUID,
  "by_id" UUID NOT NULL,
  "kind" "protection_step_kind" NOT NULL,
  "details" JSONB NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "protection_step_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "protection_step_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "protection_step_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "protection_step_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "protection_step_model_id_at_idx" ON "protection_step"("model_id", "at");

-- A creator's share of a run that they gave back, once. `ref` names its transfers.
CREATE TABLE "protection_refund" (
  "generation_id" UUID NOT NULL,
  "step_id" UUID NOT NULL,
  "ref" UUID NOT NULL,
  "amount" BIGINT NOT NULL CHECK ("amount" > 0),
  CONSTRAINT "protection_refund_pkey" PRIMARY KEY ("generation_id"),
  CONSTRAINT "protection_refund_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "protection_step"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "protection_refund_generation_id_fkey" FOREIGN KEY ("generation_id") REFERENCES "generation"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "protection_refund_ref_key" ON "protection_refund"("ref");
CREATE INDEX "protection_refund_step_id_idx" ON "protection_refund"("step_id");

-- What hashes of a model's prompts are salted with: made once, since two salts would find nothing of each other's.
CREATE TABLE "protection_salt" (
  "model_id" UUID NOT NULL,
  "salt" TEXT NOT NULL CHECK ("salt" ~ '^[0-9a-f]{64}$'),
  CONSTRAINT "protection_salt_pkey" PRIMARY KEY ("model_id"),
  CONSTRAINT "protection_salt_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- `words`: how many the prompt has, and `head`, the hash of its first four, so that one that contains it can be found by hashes alone.
CREATE TABLE "protection_canary" (
  "id" UUID NOT NULL,
  "model_id" UUID NOT NULL,
  "kind" "protection_canary_kind" NOT NULL,
  "label" TEXT NOT NULL CHECK (char_length("label") BETWEEN 1 AND 80),
  "words" SMALLINT,
  "head" TEXT,
  "digest" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "protection_canary_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "protection_canary_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "protection_canary_words" CHECK (("kind" = 'prompt') = ("words" IS NOT NULL) AND ("words" IS NULL) = ("head" IS NULL))
);
CREATE UNIQUE INDEX "protection_canary_model_id_digest_key" ON "protection_canary"("model_id", "digest");

-- A finished run as alarms see it: no text of anybody's. No foreign keys: written for every run, and swept after thirty days.
CREATE TABLE "protection_trace" (
  "generation_id" UUID NOT NULL,
  "model_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "quote_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "seed" TEXT NOT NULL,
  "prompt_digest" TEXT NOT NULL,
  "words" SMALLINT NOT NULL,
  "sketch" INTEGER[] NOT NULL,
  "dials" DOUBLE PRECISION[] NOT NULL,
  "choices" TEXT NOT NULL,
  CONSTRAINT "protection_trace_pkey" PRIMARY KEY ("generation_id")
);
CREATE INDEX "protection_trace_model_id_user_id_at_idx" ON "protection_trace"("model_id", "user_id", "at");
CREATE INDEX "protection_trace_model_id_prompt_digest_at_idx" ON "protection_trace"("model_id", "prompt_digest", "at");
CREATE INDEX "protection_trace_at_idx" ON "protection_trace"("at");

-- From which addresses of the gateway a person's calls come: hashed, and forgotten after thirty days.
CREATE TABLE "protection_origin" (
  "digest" TEXT NOT NULL,
  "user_id" UUID NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "protection_origin_pkey" PRIMARY KEY ("digest", "user_id")
);
CREATE INDEX "protection_origin_user_id_idx" ON "protection_origin"("user_id");
CREATE INDEX "protection_origin_last_at_idx" ON "protection_origin"("last_at");

CREATE TABLE "protection_alarm" (
  "id" UUID NOT NULL,
  "model_id" UUID NOT NULL,
  "kind" "protection_alarm_kind" NOT NULL,
  -- What makes it the same alarm: the person, the canary, the linked people.
  "subject" TEXT NOT NULL,
  "user_ids" UUID[] NOT NULL,
  "evidence" JSONB NOT NULL,
  "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "dismissed_at" TIMESTAMPTZ(3),
  CONSTRAINT "protection_alarm_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "protection_alarm_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "protection_alarm_open" ON "protection_alarm"("model_id", "kind", "subject") WHERE "dismissed_at" IS NULL;
CREATE INDEX "protection_alarm_model_id_kind_subject_idx" ON "protection_alarm"("model_id", "kind", "subject");

-- How far finished runs were looked at. One row.
CREATE TABLE "protection_cursor" (
  "id" SMALLINT NOT NULL DEFAULT 1 CHECK ("id" = 1),
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "protection_cursor_pkey" PRIMARY KEY ("id")
);
INSERT INTO "protection_cursor" ("at") VALUES (now());

-- Runs that are started: what their models' creators allow, asked in the transaction that holds what they cost. The creator's own are not counted. Its locks
-- are the last that a start takes, after the key's counter: the restraint, then counters by subject, the one that most people share last.
CREATE FUNCTION protection_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_run record; v_restraint protection_restraint; v_budget protection_budget; v_count protection_count; v_who text; v_now timestamptz := clock_timestamp();
  v_hour timestamptz := date_trunc('hour', v_now, 'UTC'); v_day timestamptz := date_trunc('day', v_now, 'UTC'); v_per text;
BEGIN
  FOR v_run IN
    SELECT v.model_id, s.user_id, s.pass_id, count(*)::int AS runs FROM started s JOIN model_version v ON v.digest = s.version_digest
     WHERE s.user_id <> s.creator_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  LOOP
    SELECT * INTO v_restraint FROM protection_restraint r WHERE r.model_id = v_run.model_id AND r.user_id = v_run.user_id FOR UPDATE;
    IF FOUND THEN
      IF v_restraint.kind = 'stopped' THEN RAISE EXCEPTION 'stopped by the creator' USING ERRCODE = 'GP403'; END IF;
      IF v_restraint.next_at > v_now THEN
        RAISE EXCEPTION 'slowed by the creator' USING ERRCODE = 'GP430', DETAIL = json_build_object(
          'minSeconds', v_restraint.min_seconds, 'startsAgainMs', ceil(extract(epoch FROM v_restraint.next_at) * 1000)::bigint)::text;
      END IF;
      UPDATE protection_restraint SET next_at = v_now + make_interval(secs => v_restraint.min_seconds * v_run.runs)
       WHERE model_id = v_run.model_id AND user_id = v_run.user_id;
    END IF;
    FOR v_budget IN SELECT * FROM protection_budget b WHERE b.model_id = v_run.model_id ORDER BY b.subject LOOP
      v_who := CASE v_budget.subject WHEN 'wallet' THEN v_run.user_id::text WHEN 'pass' THEN v_run.pass_id ELSE v_run.model_id::text END;
      CONTINUE WHEN v_who IS NULL;
      INSERT INTO protection_count (model_id, subject, who, hour) VALUES (v_run.model_id, v_budget.subject, v_who, v_hour) ON CONFLICT DO NOTHING;
      SELECT * INTO v_count FROM protection_count c WHERE c.model_id = v_run.model_id AND c.subject = v_budget.subject AND c.who = v_who FOR UPDATE;
      -- Taken away with its budget, while this waited for it.
      CONTINUE WHEN NOT FOUND;
      IF v_count.hour < v_day THEN v_count.in_day := 0; END IF;
      IF v_count.hour < v_hour THEN v_count.in_hour := 0; v_count.hour := v_hour; END IF;
      WITH back AS (
        DELETE FROM protection_return r WHERE r.model_id = v_run.model_id AND r.subject = v_budget.subject AND r.who = v_who RETURNING r.started_at)
      SELECT greatest(0, v_count.in_hour - count(*) FILTER (WHERE started_at >= v_count.hour)),
             greatest(0, v_count.in_day - count(*) FILTER (WHERE started_at >= date_trunc('day', v_count.hour, 'UTC')))
        INTO v_count.in_hour, v_count.in_day FROM back;
      v_per := CASE WHEN v_count.in_day + v_run.runs > v_budget.per_day THEN 'day' WHEN v_count.in_hour + v_run.runs > v_budget.per_hour THEN 'hour' END;
      IF v_per IS NOT NULL THEN
        RAISE EXCEPTION 'a budget of the model is reached' USING ERRCODE = 'GP429', DETAIL = json_build_object(
          'subject', v_budget.subject, 'per', v_per, 'limit', CASE v_per WHEN 'day' THEN v_budget.per_day ELSE v_budget.per_hour END,
          'used', CASE v_per WHEN 'day' THEN v_count.in_day ELSE v_count.in_hour END,
          'startsAgainMs', (extract(epoch FROM CASE v_per WHEN 'day' THEN v_day + interval '1 day' ELSE v_hour + interval '1 hour' END) * 1000)::bigint)::text;
      END IF;
      UPDATE protection_count SET hour = v_count.hour, in_hour = v_count.in_hour + v_run.runs, in_day = v_count.in_day + v_run.runs
       WHERE model_id = v_run.model_id AND subject = v_budget.subject AND who = v_who;
    END LOOP;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER generation_within_bounds AFTER INSERT ON generation REFERENCING NEW TABLE AS started FOR EACH STATEMENT EXECUTE FUNCTION protection_check();

-- A run that ends unpaid, and one whose work could not be sealed and was refunded, go back to the budgets that counted them.
CREATE FUNCTION protection_give_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO protection_return (generation_id, model_id, subject, who, started_at)
  SELECT g.id, c.model_id, c.subject, c.who, g.created_at
    FROM generation g JOIN model_version v ON v.digest = g.version_digest JOIN protection_budget b ON b.model_id = v.model_id
    JOIN protection_count c ON c.model_id = b.model_id AND c.subject = b.subject
     AND c.who = CASE b.subject WHEN 'wallet' THEN g.user_id::text WHEN 'pass' THEN g.pass_id ELSE v.model_id::text END
   WHERE g.id = NEW.id AND g.user_id <> g.creator_id AND g.created_at >= b.since
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER generation_gives_budget_back AFTER UPDATE ON generation FOR EACH ROW
  WHEN (OLD.state IN ('held', 'running') AND NEW.state IN ('failed', 'cancelled', 'expired')) EXECUTE FUNCTION protection_give_back();
CREATE TRIGGER work_gives_budget_back AFTER UPDATE OF refunded_at ON work FOR EACH ROW
  WHEN (OLD.refunded_at IS NULL AND NEW.refunded_at IS NOT NULL) EXECUTE FUNCTION protection_give_back();

CREATE FUNCTION protection_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was done is kept' USING ERRCODE = 'GP900'; END $$;
CREATE TRIGGER protection_step_kept BEFORE UPDATE OR DELETE ON protection_step FOR EACH ROW EXECUTE FUNCTION protection_kept();
CREATE TRIGGER protection_refund_kept BEFORE UPDATE OR DELETE ON protection_refund FOR EACH ROW EXECUTE FUNCTION protection_kept();

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "protection_budget", "protection_count", "protection_return", "protection_restraint", "protection_canary",
      "protection_trace", "protection_origin", "protection_alarm", "protection_cursor" TO intaglio_app;
    GRANT SELECT, INSERT ON "protection_step", "protection_refund", "protection_salt" TO intaglio_app;
  END IF;
END $$;
