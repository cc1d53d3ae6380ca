-- A pass that the house buys for a collector who pays in credits. One id names quote, hold and transaction.
CREATE TABLE "pass_purchase" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "collection" TEXT NOT NULL,
    "tier_id" INTEGER NOT NULL,
    "receiver" TEXT NOT NULL,
    "price_wei" DECIMAL(30, 0) NOT NULL,
    "price_millicredits" BIGINT NOT NULL,
    "refund_millicredits" BIGINT NOT NULL,
    "state" "relay_state" NOT NULL DEFAULT 'open',
    "tx_hash" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "pass_purchase_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "pass_purchase_amounts" CHECK ("price_millicredits" > 0 AND "refund_millicredits" BETWEEN 0 AND "price_millicredits"),
    CONSTRAINT "pass_purchase_paid" CHECK (("state" = 'captured') = ("tx_hash" IS NOT NULL)),
    CONSTRAINT "pass_purchase_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "pass_purchase_chain_id_collection_fkey" FOREIGN KEY ("chain_id", "collection") REFERENCES "pass_collection"("chain_id", "address") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "pass_purchase_user_id_collection_tier_id_created_at_idx" ON "pass_purchase"("user_id", "collection", "tier_id", "created_at");
CREATE UNIQUE INDEX "pass_purchase_chain_id_tx_hash_key" ON "pass_purchase"("chain_id", "tx_hash");
CREATE INDEX pass_purchase_open ON "pass_purchase"("chain_id", "collection", "tier_id") WHERE state = 'open';

CREATE FUNCTION pass_purchase_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'open' OR NEW.state = 'open'
     OR (NEW.id, NEW.user_id, NEW.chain_id, NEW.collection, NEW.tier_id, NEW.receiver, NEW.price_wei, NEW.price_millicredits, NEW.refund_millicredits)
     IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.chain_id, OLD.collection, OLD.tier_id, OLD.receiver, OLD.price_wei, OLD.price_millicredits, OLD.refund_millicredits) THEN
    RAISE EXCEPTION 'pass purchase %: % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'RL902';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pass_purchase_ends_once BEFORE UPDATE ON pass_purchase FOR EACH ROW EXECUTE FUNCTION pass_purchase_guard();

-- ETH that came back to the relayer for a pass that was given back. Written by the indexer: credited at the confirmed depth, reversed with its block.
CREATE TYPE "pass_payback_state" AS ENUM ('seen', 'credited', 'reversed');
CREATE TABLE "pass_payback" (
    "chain_id" INTEGER NOT NULL,
    "block_hash" TEXT NOT NULL,
    "tx_hash" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "pass_id" TEXT NOT NULL,
    "wei" DECIMAL(30, 0) NOT NULL,
    "state" "pass_payback_state" NOT NULL DEFAULT 'seen',
    "purchase_id" UUID,
    "transfer_ref" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "pass_payback_pkey" PRIMARY KEY ("chain_id", "block_hash", "tx_hash", "ordinal"),
    CONSTRAINT "pass_payback_purchase_id_fkey" FOREIGN KEY ("purchase_id") REFERENCES "pass_purchase"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "pass_payback_credited" CHECK ("state" <> 'credited' OR ("purchase_id" IS NOT NULL AND "transfer_ref" IS NOT NULL))
);
CREATE INDEX "pass_payback_chain_id_block_number_idx" ON "pass_payback"("chain_id", "block_number");
CREATE INDEX "pass_payback_purchase_id_idx" ON "pass_payback"("purchase_id");
CREATE INDEX pass_payback_due ON "pass_payback"("chain_id", "block_number") WHERE state = 'seen';

-- Each row is a contradiction between purchases, their holds, their transactions and what was given back for them. There are none, ever.
CREATE VIEW pass_purchase_audit AS
  SELECT p.id, p.state::text AS state, h.state::text AS hold, t.state::text AS transaction
  FROM pass_purchase p LEFT JOIN ledger.hold h ON h.id = p.id LEFT JOIN chain_transaction t ON t.purpose = 'relay-pass' AND t.ref = p.id
  WHERE NOT coalesce(CASE p.state
    WHEN 'open' THEN h.state = 'open' AND t.state IN ('queued', 'sent', 'mined')
    WHEN 'captured' THEN h.state = 'captured' AND t.state = 'safe'
    ELSE h.state = 'released' AND t.state IN ('reverted', 'refused') END, false)
  UNION ALL
  SELECT p.id, 'paid back ' || count(*) || ' times', NULL, NULL
  FROM pass_purchase p JOIN pass_payback b ON b.purchase_id = p.id AND b.state = 'credited' GROUP BY p.id HAVING count(*) > 1
  UNION ALL
  SELECT p.id, 'paid back ' || coalesce(x.amount, 0) || ' of ' || p.refund_millicredits, NULL, NULL
  FROM pass_payback b JOIN pass_purchase p ON p.id = b.purchase_id
  CROSS JOIN LATERAL (SELECT sum(amount) AS amount FROM ledger.transfer t WHERE t.ref = b.transfer_ref) x
  WHERE b.state = 'credited' AND coalesce(x.amount, 0) <> p.refund_millicredits;

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "pass_purchase", "pass_payback" TO intaglio_app;
    GRANT SELECT ON pass_purchase_audit TO intaglio_app;
  END IF;
END $$;
