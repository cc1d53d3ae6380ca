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
-- one that never answers keeps one place of the workers busy and no more.
CREATE FUNCTION webhook_send_at(p_delivery uuid, p_endpoint uuid, p_tries int, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE webhook_delivery SET state = 'pending', tries = p_tries, next_at = p_at, ended_at = NULL WHERE id = p_delivery;
  PERFORM graphile_worker.add_job('deliver-webhook', json_build_object('id', p_delivery), queue_name => 'webhook ' || p_endpoint, run_at => p_at,
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

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "webhook_endpoint", "webhook_secret", "webhook_event", "webhook_delivery", "webhook_attempt" TO intaglio_app;
    GRANT EXECUTE ON FUNCTION webhook_send_at, webhook_emit, webhook_tell_generation, webhook_tell_work, webhook_tell_token TO intaglio_app;
  END IF;
END $$;
