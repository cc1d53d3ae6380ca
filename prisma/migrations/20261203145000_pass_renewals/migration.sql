-- A pass that the house makes last longer for somebody who pays in credits. One id names quote, hold and transaction.
CREATE TABLE "pass_renewal" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "collection" TEXT NOT NULL,
    "pass_id" TEXT NOT NULL,
    "times" INTEGER NOT NULL,
    "holder" TEXT NOT NULL,
    "price_wei" DECIMAL(30, 0) NOT NULL,
    "price_millicredits" BIGINT NOT NULL,
    "state" "relay_state" NOT NULL DEFAULT 'open',
    "tx_hash" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "pass_renewal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "pass_renewal_amounts" CHECK ("price_millicredits" > 0 AND "times" > 0),
    CONSTRAINT "pass_renewal_paid" CHECK (("state" = 'captured') = ("tx_hash" IS NOT NULL)),
    CONSTRAINT "pass_renewal_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "pass_renewal_chain_id_collection_fkey" FOREIGN KEY ("chain_id", "collection") REFERENCES "pass_collection"("chain_id", "address") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "pass_renewal_user_id_pass_id_created_at_idx" ON "pass_renewal"("user_id", "pass_id", "created_at");
CREATE UNIQUE INDEX "pass_renewal_chain_id_tx_hash_key" ON "pass_renewal"("chain_id", "tx_hash");
-- Two windows of one person pay once. Others may pay for the same pass meanwhile: each of them adds their time.
CREATE UNIQUE INDEX pass_renewal_open_of_pass ON "pass_renewal"("user_id", "pass_id") WHERE state = 'open';

CREATE FUNCTION pass_renewal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'open' OR NEW.state = 'open'
     OR (NEW.id, NEW.user_id, NEW.chain_id, NEW.collection, NEW.pass_id, NEW.times, NEW.holder, NEW.price_wei, NEW.price_millicredits)
     IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.chain_id, OLD.collection, OLD.pass_id, OLD.times, OLD.holder, OLD.price_wei, OLD.price_millicredits) THEN
    RAISE EXCEPTION 'pass renewal %: % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'RL902';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pass_renewal_ends_once BEFORE UPDATE ON pass_renewal FOR EACH ROW EXECUTE FUNCTION pass_renewal_guard();

-- Each row is a contradiction between renewals, their holds and their transactions. There are none, ever.
CREATE VIEW pass_renewal_audit AS
  SELECT r.id, r.state::text AS state, h.state::text AS hold, t.state::text AS transaction
  FROM pass_renewal r LEFT JOIN ledger.hold h ON h.id = r.id LEFT JOIN chain_transaction t ON t.purpose = 'relay-renewal' AND t.ref = r.id
  WHERE NOT coalesce(CASE r.state
    WHEN 'open' THEN h.state = 'open' AND t.state IN ('queued', 'sent', 'mined')
    WHEN 'captured' THEN h.state = 'captured' AND t.state = 'safe'
    ELSE h.state = 'released' AND t.state IN ('reverted', 'refused') END, false);

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "pass_renewal" TO intaglio_app;
    GRANT SELECT ON pass_renewal_audit TO intaglio_app;
  END IF;
END $$;
