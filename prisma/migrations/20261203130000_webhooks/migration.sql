-- Webhooks out (lib/webhooks): what happened to a person's runs and works is told to addresses of theirs.
CREATE TYPE "webhook_endpoint_state" AS ENUM ('active', 'paused', 'disabled');
CREATE TYPE "webhook_delivery_state" AS ENUM ('pending', 'held', 'delivered', 'failed');

CREATE TABLE "webhook_endpoint" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "state" "webhook_endpoint_state" NOT NULL DEFAULT 'active',
    "disabled_why" TEXT,
    "is_slow" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "webhook_endpoint_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "webhook_endpoint_disabled_why" CHECK (("state" = 'disabled') = ("disabled_why" IS NOT NULL))
);
CREATE INDEX "webhook_endpoint_user_id_idx" ON "webhook_endpoint"("user_id");

CREATE TABLE "webhook_secret" (
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "kid" TEXT NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),
    CONSTRAINT "webhook_secret_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "webhook_secret_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "webhook_secret_endpoint_id_idx" ON "webhook_secret"("endpoint_id");

CREATE TABLE "webhook_event" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "webhook_event_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "webhook_event_created_at_idx" ON "webhook_event"("created_at");

CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "state" "webhook_delivery_state" NOT NULL,
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "webhook_delivery_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "webhook_event"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "webhook_delivery_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "webhook_delivery_times" CHECK (("state" = 'pending') = ("next_at" IS NOT NULL) AND ("state" IN ('delivered', 'failed')) = ("ended_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "webhook_delivery_event_id_endpoint_id_key" ON "webhook_delivery"("event_id", "endpoint_id");
CREATE INDEX "webhook_delivery_endpoint_id_created_at_idx" ON "webhook_delivery"("endpoint_id", "created_at");

CREATE TABLE "webhook_attempt" (
    "delivery_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" SMALLINT,
    "problem" TEXT,
    "ms" INTEGER NOT NULL,
    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("delivery_id", "number"),
    CONSTRAINT "webhook_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Sets a delivery to be sent at a time; of several jobs for one delivery the last said counts. An endpoint's jobs wait for each other, so that
-- one that never answers keeps one place of the workers busy and no more; and not one of those that all others share.
CREATE FUNCTION webhook_send_at(p_delivery uuid, p_endpoint uuid, p_tries int, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE webhook_delivery SET state = 'pending', tries = p_tries, next_at = p_at, ended_at = NULL WHERE id = p_delivery;
  PERFORM graphile_worker.add_job(CASE WHEN (SELECT is_slow FROM webhook_endpoint WHERE id = p_endpoint) THEN 'deliver-webhook-slowly' ELSE 'deliver-webhook' END,
    json_build_object('id', p_delivery), queue_name => 'webhook ' || p_endpoint, run_at => p_at,
    job_key => 'webhook ' || p_delivery, max_attempts => 25);
END $$;

-- The outbox: called in the transaction that makes something happen, so that what is told is what is, and nothing is lost. Nobody who listens:
-- nothing is written. Paused endpoints' events wait (held).
CREATE FUNCTION webhook_emit(p_user uuid, p_type text, p_data jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid;
  v_to record;
  v_delivery uuid;
BEGIN
  FOR v_to IN SELECT e.id, e.state FROM webhook_endpoint e WHERE e.user_id = p_user AND e.state <> 'disabled' AND p_type = ANY (e.events) ORDER BY e.id FOR KEY SHARE LOOP
    IF v_event IS NULL THEN
      v_event := gen_random_uuid();
      INSERT INTO webhook_event (id, user_id, type, body) VALUES (v_event, p_user, p_type, jsonb_build_object(
        'type', p_type, 'timestamp', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', p_data)::text);
    END IF;
    v_delivery := gen_random_uuid();
    INSERT INTO webhook_delivery (id, event_id, endpoint_id, state) VALUES (v_delivery, v_event, v_to.id, 'held');
    IF v_to.state = 'active' THEN PERFORM webhook_send_at(v_delivery, v_to.id, 0, now()); END IF;
  END LOOP;
END $$;

-- Ids, states and amounts; never a prompt, a title or a picture: whoever is told may ask for those.
CREATE FUNCTION webhook_tell_generation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM webhook_emit(NEW.user_id, 'generation.' || NEW.state, jsonb_build_object(
    'generationId', NEW.id, 'quoteId', NEW.quote_id, 'ordinal', NEW.ordinal, 'version', NEW.version_digest, 'state', NEW.state,
    'priceMillicredits', NEW.price_millicredits::text, 'errorCode', NEW.error_code, 'workId', CASE WHEN NEW.state = 'captured' THEN NEW.id END));
  RETURN NULL;
END $$;
CREATE TRIGGER generation_tells AFTER UPDATE OF state ON generation FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND NEW.state IN ('captured', 'failed', 'cancelled', 'expired')) EXECUTE FUNCTION webhook_tell_generation();

CREATE FUNCTION webhook_tell_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM webhook_emit(NEW.owner_id, CASE WHEN NEW.refunded_at IS NULL THEN 'work.sealed' ELSE 'work.refunded' END, jsonb_build_object(
    'workId', NEW.id, 'version', NEW.version_digest, 'kind', NEW.kind, 'content', NEW.content, 'receiptDigest', NEW.receipt_digest));
  RETURN NULL;
END $$;
CREATE TRIGGER work_tells AFTER UPDATE OF sealed_at, refunded_at ON work FOR EACH ROW
  WHEN ((OLD.sealed_at IS NULL AND NEW.sealed_at IS NOT NULL) OR (OLD.refunded_at IS NULL AND NEW.refunded_at IS NOT NULL)) EXECUTE FUNCTION webhook_tell_work();

-- Told as the indexer says; where a fork undoes a mint, that is told, too.
CREATE FUNCTION webhook_tell_token() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_token token := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  PERFORM webhook_emit(w.owner_id, CASE WHEN TG_OP = 'DELETE' THEN 'work.mint_undone' ELSE 'work.minted' END, jsonb_build_object(
    'workId', w.id, 'chainId', v_token.chain_id, 'collection', v_token.collection, 'tokenId', v_token.token_id, 'minter', v_token.minter,
    'txHash', v_token.tx_hash, 'blockNumber', v_token.block_number::text))
    FROM work w WHERE w.receipt_digest = v_token.receipt_digest;
  RETURN NULL;
END $$;
CREATE TRIGGER token_tells AFTER INSERT OR DELETE ON token FOR EACH ROW EXECUTE FUNCTION webhook_tell_token();

-- Told to who pays, who holds and gets a pass, and to the creator whose it is, each once. Of all facts a statement wrote or took back: who a pass
-- was bought for stands in another of them. A fork's undoing is told, too: a program may have let somebody in because of what it was told.
CREATE FUNCTION webhook_tell_pass() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM webhook_emit(u.id, CASE TG_OP WHEN 'DELETE' THEN 'pass.undone' ELSE e.type END,
      CASE TG_OP WHEN 'DELETE' THEN jsonb_build_object('undone', e.type) ELSE '{}' END || e.data)
    FROM (
      SELECT 'pass.' || CASE f.kind WHEN 'transfer' THEN 'transferred' ELSE f.kind END AS type, c.creator_id, f.data ->> 'payer' AS payer, f.data ->> 'from' AS giver, h.holder,
             f.block_number, f.position, jsonb_strip_nulls(jsonb_build_object('passId', f.chain_id || ':' || f.collection || ':' || f.token_id, 'chainId', f.chain_id, 'collection', f.collection,
               'tierId', f.tier_id, 'tokenId', f.token_id::text, 'holder', h.holder, 'from', f.data ->> 'from', 'payer', f.data ->> 'payer', 'priceWei', f.data ->> 'priceWei',
               'txHash', f.tx_hash, 'blockNumber', f.block_number::text)) AS data
        FROM facts f
        JOIN pass_collection c ON c.chain_id = f.chain_id AND c.address = f.collection
        CROSS JOIN LATERAL (
          SELECT t.data ->> 'to' AS holder
            FROM (SELECT * FROM facts UNION SELECT * FROM pass_fact p WHERE p.chain_id = f.chain_id AND p.collection = f.collection AND p.token_id = f.token_id) t
           WHERE t.chain_id = f.chain_id AND t.collection = f.collection AND t.token_id = f.token_id AND t.kind = 'transfer'
             AND ((t.block_number, t.position) <= (f.block_number, f.position) OR t.tx_hash = f.tx_hash)
           ORDER BY t.block_number DESC, t.position DESC LIMIT 1) h
       WHERE f.kind IN ('bought', 'renewed')
          OR (f.kind = 'transfer' AND NOT '0x0000000000000000000000000000000000000000' IN (f.data ->> 'from', f.data ->> 'to'))) e
    JOIN "user" u ON u.id = e.creator_id OR u.address IN (e.payer, e.giver, e.holder)
   ORDER BY e.block_number, e.position, u.id;
  RETURN NULL;
END $$;
CREATE TRIGGER pass_fact_tells AFTER INSERT ON pass_fact REFERENCING NEW TABLE AS facts FOR EACH STATEMENT EXECUTE FUNCTION webhook_tell_pass();
CREATE TRIGGER pass_fact_undone_tells AFTER DELETE ON pass_fact REFERENCING OLD TABLE AS facts FOR EACH STATEMENT EXECUTE FUNCTION webhook_tell_pass();

-- Which passes' holders were told that they end, and when: a renewed one ends anew.
CREATE TABLE "pass_end_told" (
    "pass_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "pass_end_told_pkey" PRIMARY KEY ("pass_id", "expires_at")
);
CREATE INDEX "pass_end_told_expires_at_idx" ON "pass_end_told"("expires_at");

-- Tells holders of passes that end within p_ahead, once for each end. Several processes at once tell once: the row is there first.
CREATE FUNCTION webhook_tell_pass_ends(p_ahead interval, p_most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE v_told int;
BEGIN
  WITH ending AS (
    INSERT INTO pass_end_told (pass_id, expires_at)
    SELECT t.id, t.expires_at FROM pass_token t
     WHERE t.expires_at BETWEEN now() AND now() + p_ahead AND t.holder <> '0x0000000000000000000000000000000000000000'
       AND NOT EXISTS (SELECT 1 FROM pass_end_told d WHERE d.pass_id = t.id AND d.expires_at = t.expires_at)
     ORDER BY t.expires_at LIMIT p_most
    ON CONFLICT DO NOTHING RETURNING pass_id)
  SELECT count(*)::int INTO v_told FROM (
    SELECT webhook_emit(u.id, 'pass.expiring', jsonb_build_object('passId', t.id, 'chainId', t.chain_id, 'collection', t.collection, 'tierId', t.tier_id,
             'tokenId', t.token_id::text, 'holder', t.holder, 'expiresAt', to_char(t.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      FROM ending e JOIN pass_token t ON t.id = e.pass_id LEFT JOIN "user" u ON u.address = t.holder) told;
  DELETE FROM pass_end_told WHERE expires_at < now() - interval '1 day';
  RETURN v_told;
END $$;

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "webhook_endpoint", "webhook_secret", "webhook_event", "webhook_delivery", "webhook_attempt", "pass_end_told" TO intaglio_app;
    GRANT EXECUTE ON FUNCTION webhook_send_at, webhook_emit, webhook_tell_generation, webhook_tell_work, webhook_tell_token, webhook_tell_pass,
      webhook_tell_pass_ends TO intaglio_app;
  END IF;
END $$;
