-- Pictures that people upload to start runs from.
CREATE TABLE "upload" (
  "id" UUID NOT NULL,
  "owner_id" UUID NOT NULL,
  "content" TEXT NOT NULL,
  "width" INTEGER NOT NULL,
  "height" INTEGER NOT NULL,
  "blob" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "upload_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "upload_named" CHECK (content ~ '^0x[0-9a-f]{64}$' AND blob ~ '^[0-9a-f]{64}$' AND width > 0 AND height > 0)
);
CREATE UNIQUE INDEX "upload_owner_id_content_key" ON "upload"("owner_id", "content");
CREATE INDEX "upload_sent_at_idx" ON "upload"("sent_at");
ALTER TABLE "upload" ADD CONSTRAINT "upload_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A run that ended without a work lets go of its picture; one with a work keeps it (upload_sweep).
ALTER TABLE "generation" ADD COLUMN "upload_id" UUID;
ALTER TABLE "generation" ADD CONSTRAINT "generation_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX generation_upload ON generation (upload_id) WHERE upload_id IS NOT NULL;

-- Removes uploads that nobody has sent again since p_before and that no run needs: neither one under way nor one with a work. Their bytes are
-- the caller's to remove before it commits. A run that starts meanwhile waits for these rows, and finds them gone.
CREATE FUNCTION upload_sweep(p_before timestamptz, p_limit int DEFAULT 100) RETURNS TABLE (owner_id uuid, blob text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE v_ids uuid[];
BEGIN
  v_ids := ARRAY(
    SELECT u.id FROM upload u
     WHERE u.sent_at < p_before AND NOT EXISTS (SELECT 1 FROM generation g WHERE g.upload_id = u.id AND g.state IN ('held', 'running', 'captured'))
     ORDER BY u.sent_at LIMIT p_limit FOR UPDATE SKIP LOCKED);
  -- Asked again with the rows held: a run may have started between looking and locking.
  RETURN QUERY DELETE FROM upload u
   WHERE u.id = ANY (v_ids) AND NOT EXISTS (SELECT 1 FROM generation g WHERE g.upload_id = u.id AND g.state IN ('held', 'running', 'captured'))
  RETURNING u.owner_id, u.blob;
END $$;

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "upload" TO intaglio_app;
    GRANT EXECUTE ON FUNCTION upload_sweep TO intaglio_app;
  END IF;
END $$;
