-- What works look like: one row a sealed picture, and which of them look alike.
CREATE TABLE "likeness" (
  "work_id" UUID NOT NULL,
  "hash" BIGINT,
  "form" BYTEA,
  "read_at" TIMESTAMPTZ(3),
  CONSTRAINT "likeness_pkey" PRIMARY KEY ("work_id"),
  -- 63 bits, and 256 frequencies of one byte; neither until it is read, nor for a picture without form.
  CONSTRAINT "likeness_whole" CHECK ((hash IS NULL) = (form IS NULL) AND (hash IS NULL OR (hash >= 0 AND length(form) = 256 AND read_at IS NOT NULL)))
);
ALTER TABLE "likeness" ADD CONSTRAINT "likeness_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Two works that resemble each other, by when they were made. The difference is in thousandths.
CREATE TABLE "likeness_pair" (
  "earlier_id" UUID NOT NULL,
  "later_id" UUID NOT NULL,
  "difference" SMALLINT NOT NULL,
  CONSTRAINT "likeness_pair_pkey" PRIMARY KEY ("earlier_id", "later_id"),
  CONSTRAINT "likeness_pair_of_two" CHECK (earlier_id <> later_id AND difference BETWEEN 0 AND 1000)
);
CREATE INDEX "likeness_pair_later_id_idx" ON "likeness_pair"("later_id");
ALTER TABLE "likeness_pair" ADD CONSTRAINT "likeness_pair_earlier_id_fkey" FOREIGN KEY ("earlier_id") REFERENCES "work"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "likeness_pair" ADD CONSTRAINT "likeness_pair_later_id_fkey" FOREIGN KEY ("later_id") REFERENCES "work"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The 63 bits in seven bands of nine: two hashes at most six bits apart agree in at least one band, so whoever shares no band need not be compared.
-- A band is its place and its bits in one number.
CREATE FUNCTION likeness_bands(p_hash bigint) RETURNS int[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ARRAY[
    (p_hash & 511)::int, ((p_hash >> 9) & 511)::int + 512, ((p_hash >> 18) & 511)::int + 1024, ((p_hash >> 27) & 511)::int + 1536,
    ((p_hash >> 36) & 511)::int + 2048, ((p_hash >> 45) & 511)::int + 2560, ((p_hash >> 54) & 511)::int + 3072]
$$;
CREATE INDEX likeness_by_band ON likeness USING gin (likeness_bands(hash)) WITH (fastupdate = off) WHERE hash IS NOT NULL;
CREATE INDEX likeness_due ON likeness (work_id) WHERE read_at IS NULL;

-- Sealing a picture makes it due in the same transaction. A text is found by its letters alone: cards of texts look alike.
CREATE FUNCTION likeness_make_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO likeness (work_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER work_likeness_due AFTER UPDATE OF sealed_at ON work FOR EACH ROW
  WHEN (OLD.sealed_at IS NULL AND NEW.sealed_at IS NOT NULL AND NEW.kind = 'image') EXECUTE FUNCTION likeness_make_due();
INSERT INTO likeness (work_id) SELECT id FROM work WHERE sealed_at IS NOT NULL AND kind = 'image';

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "likeness", "likeness_pair" TO intaglio_app;
    GRANT EXECUTE ON FUNCTION likeness_bands, likeness_make_due TO intaglio_app;
  END IF;
END $$;
