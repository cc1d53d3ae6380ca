-- Transactions the server sends. lib/chain/README.md says what the states mean and why.
CREATE TYPE "chain_transaction_state" AS ENUM ('queued', 'sent', 'mined', 'safe', 'reverted', 'refused');
CREATE TYPE "chain_attempt_kind" AS ENUM ('call', 'cancel');

CREATE TABLE "chain_transaction" (
    "id" UUID NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "key_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "ref" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "value_wei" DECIMAL(30,0) NOT NULL,
    "max_gas" BIGINT CHECK ("max_gas" >= 21000),
    "state" "chain_transaction_state" NOT NULL DEFAULT 'queued',
    "nonce" BIGINT,
    "gas_limit" BIGINT,
    "tx_hash" TEXT,
    "block_number" BIGINT,
    "block_hash" TEXT,
    "succeeded" BOOLEAN,
    "cost_wei" DECIMAL(30,0),
    "error" TEXT,
    "look_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "chain_transaction_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "chain_attempt" (
    "transaction_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "chain_attempt_kind" NOT NULL,
    "hash" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "max_fee_wei" DECIMAL(30,0) NOT NULL,
    "priority_fee_wei" DECIMAL(30,0) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "broadcast_at" TIMESTAMPTZ(3),
    "broadcasts" INTEGER NOT NULL DEFAULT 0,
    "answer" TEXT,

    CONSTRAINT "chain_attempt_pkey" PRIMARY KEY ("transaction_id","number")
);

CREATE UNIQUE INDEX "chain_transaction_purpose_ref_key" ON "chain_transaction"("purpose", "ref");
CREATE UNIQUE INDEX "chain_transaction_chain_id_key_id_nonce_key" ON "chain_transaction"("chain_id", "key_id", "nonce");
CREATE INDEX "chain_transaction_key_id_state_idx" ON "chain_transaction"("key_id", "state");
CREATE INDEX "chain_transaction_open" ON "chain_transaction" ("look_at") WHERE state IN ('queued', 'sent', 'mined');
CREATE UNIQUE INDEX "chain_attempt_hash_key" ON "chain_attempt"("hash");

ALTER TABLE "chain_transaction" ADD CONSTRAINT "chain_transaction_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "sealed_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "chain_attempt" ADD CONSTRAINT "chain_attempt_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "chain_transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is sent has a nonce, what waits has none, and a place in a block comes with what happened there.
ALTER TABLE chain_transaction
  ADD CONSTRAINT nonce_when_sent CHECK (CASE WHEN state = 'queued' THEN nonce IS NULL WHEN state = 'refused' THEN true ELSE nonce IS NOT NULL END),
  ADD CONSTRAINT block_when_mined CHECK (state NOT IN ('mined', 'safe', 'reverted')
    OR (tx_hash IS NOT NULL AND block_number IS NOT NULL AND block_hash IS NOT NULL AND succeeded IS NOT NULL AND cost_wei IS NOT NULL)),
  ADD CONSTRAINT value_not_negative CHECK (value_wei >= 0);

-- Only these moves exist; a nonce is taken once; what was asked for never changes after it.
CREATE FUNCTION chain_transaction_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state AND NOT (CASE OLD.state
      WHEN 'queued' THEN NEW.state IN ('sent', 'refused')
      WHEN 'sent' THEN NEW.state IN ('mined', 'refused')
      WHEN 'mined' THEN NEW.state IN ('sent', 'safe', 'reverted', 'refused')
      ELSE false END) THEN
    RAISE EXCEPTION 'chain transaction %: % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'CT901';
  END IF;
  IF OLD.nonce IS NOT NULL AND NEW.nonce IS DISTINCT FROM OLD.nonce THEN
    RAISE EXCEPTION 'chain transaction % keeps its nonce', OLD.id USING ERRCODE = 'CT902';
  END IF;
  IF (NEW.chain_id, NEW.key_id, NEW.purpose, NEW.ref, NEW.max_gas) IS DISTINCT FROM (OLD.chain_id, OLD.key_id, OLD.purpose, OLD.ref, OLD.max_gas)
     OR (OLD.state <> 'queued' AND (NEW."to", NEW.data, NEW.value_wei) IS DISTINCT FROM (OLD."to", OLD.data, OLD.value_wei)) THEN
    RAISE EXCEPTION 'chain transaction % cannot become another', OLD.id USING ERRCODE = 'CT903';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER chain_transaction_moves BEFORE UPDATE ON chain_transaction FOR EACH ROW EXECUTE FUNCTION chain_transaction_guard();

-- What was signed is kept as it was: any of it may still be mined.
CREATE FUNCTION chain_attempt_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.transaction_id, NEW.number, NEW.kind, NEW.hash, NEW.raw) IS DISTINCT FROM (OLD.transaction_id, OLD.number, OLD.kind, OLD.hash, OLD.raw) THEN
    RAISE EXCEPTION 'chain attempt % of % is signed', OLD.number, OLD.transaction_id USING ERRCODE = 'CT904';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER chain_attempt_kept BEFORE UPDATE OR DELETE ON chain_attempt FOR EACH ROW EXECUTE FUNCTION chain_attempt_guard();
