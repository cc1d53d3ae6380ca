-- How the parameters of a version are shown: kept out of its manifest, which is in the file of every work.
ALTER TABLE model_version ADD COLUMN controls JSONB NOT NULL DEFAULT '{}';

-- Who was shown the prompt of a work, and which works were taken down. lib/works/README.md says who may, and why nothing here is ever removed.
CREATE TABLE "opening_reveal" (
  "work_id" UUID NOT NULL,
  "revealed_by" UUID NOT NULL,
  "revealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "opening_reveal_pkey" PRIMARY KEY ("work_id"),
  CONSTRAINT "opening_reveal_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "opening_reveal_revealed_by_fkey" FOREIGN KEY ("revealed_by") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "opening_link" (
  "id" UUID NOT NULL,
  "work_id" UUID NOT NULL,
  "made_by" UUID NOT NULL,
  "address" TEXT NOT NULL,
  "token_digest" TEXT NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3),
  "withdrawn_at" TIMESTAMPTZ(3),
  "opened_at" TIMESTAMPTZ(3),
  CONSTRAINT "opening_link_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "opening_link_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "opening_link_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "opening_link_named" CHECK (address ~ '^0x[0-9a-f]{40}$' AND token_digest ~ '^[0-9a-f]{64}$'),
  -- What was seen cannot be taken back.
  CONSTRAINT "opening_link_once" CHECK (withdrawn_at IS NULL OR opened_at IS NULL)
);
CREATE UNIQUE INDEX "opening_link_token_digest_key" ON "opening_link"("token_digest");
CREATE INDEX "opening_link_work_id_idx" ON "opening_link"("work_id");

CREATE TABLE "takedown" (
  "id" UUID NOT NULL,
  "work_id" UUID NOT NULL,
  "reason" TEXT NOT NULL CHECK (char_length("reason") BETWEEN 3 AND 300),
  "taken_down_by" UUID NOT NULL,
  "taken_down_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lifted_by" UUID,
  "lifted_at" TIMESTAMPTZ(3),
  CONSTRAINT "takedown_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "takedown_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "takedown_taken_down_by_fkey" FOREIGN KEY ("taken_down_by") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "takedown_lifted_by_fkey" FOREIGN KEY ("lifted_by") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "takedown_lifted" CHECK (("lifted_by" IS NULL) = ("lifted_at" IS NULL))
);
-- One that stands for each work.
CREATE UNIQUE INDEX "takedown_standing" ON "takedown"("work_id") WHERE "lifted_at" IS NULL;
CREATE INDEX "takedown_taken_down_at_idx" ON "takedown"("taken_down_at");

-- Whatever code path forgets a rule: the opening is of whoever started the run, and what was shown to everyone stays shown.
CREATE FUNCTION opening_reveal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN RAISE EXCEPTION 'a reveal is kept' USING ERRCODE = 'WP900'; END IF;
  IF NOT EXISTS (SELECT 1 FROM generation g WHERE g.id = NEW.work_id AND g.user_id = NEW.revealed_by) THEN
    RAISE EXCEPTION 'the opening is of whoever started the run' USING ERRCODE = 'WP901';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER opening_reveal_moves BEFORE INSERT OR UPDATE OR DELETE ON opening_reveal FOR EACH ROW EXECUTE FUNCTION opening_reveal_guard();

CREATE FUNCTION opening_link_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'links are kept' USING ERRCODE = 'WP900'; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT 1 FROM generation g WHERE g.id = NEW.work_id AND g.user_id = NEW.made_by) THEN
      RAISE EXCEPTION 'the opening is of whoever started the run' USING ERRCODE = 'WP901';
    END IF;
  ELSIF (NEW.id, NEW.work_id, NEW.made_by, NEW.address, NEW.token_digest, NEW.made_at, NEW.expires_at)
      IS DISTINCT FROM (OLD.id, OLD.work_id, OLD.made_by, OLD.address, OLD.token_digest, OLD.made_at, OLD.expires_at)
    OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
    OR (OLD.opened_at IS NOT NULL AND NEW.opened_at IS DISTINCT FROM OLD.opened_at)
  THEN RAISE EXCEPTION 'illegal change of link %', OLD.id USING ERRCODE = 'WP902'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER opening_link_moves BEFORE INSERT OR UPDATE OR DELETE ON opening_link FOR EACH ROW EXECUTE FUNCTION opening_link_guard();

CREATE FUNCTION takedown_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'takedowns are kept' USING ERRCODE = 'WP900'; END IF;
  IF OLD.lifted_at IS NOT NULL OR (NEW.id, NEW.work_id, NEW.reason, NEW.taken_down_by, NEW.taken_down_at)
      IS DISTINCT FROM (OLD.id, OLD.work_id, OLD.reason, OLD.taken_down_by, OLD.taken_down_at)
  THEN RAISE EXCEPTION 'illegal change of takedown %', OLD.id USING ERRCODE = 'WP902'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER takedown_moves BEFORE UPDATE OR DELETE ON takedown FOR EACH ROW EXECUTE FUNCTION takedown_guard();
