CREATE TABLE "withdrawal" (
  "chain_id" INTEGER NOT NULL,
  "block_hash" TEXT NOT NULL,
  "tx_hash" TEXT NOT NULL,
  "ordinal" INTEGER NOT NULL,
  "block_number" BIGINT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "collection" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "amount_wei" DECIMAL(78,0) NOT NULL,
  CONSTRAINT "withdrawal_pkey" PRIMARY KEY ("chain_id", "block_hash", "tx_hash", "ordinal")
);
CREATE INDEX "withdrawal_chain_id_collection_block_number_idx" ON "withdrawal"("chain_id", "collection", "block_number");
CREATE INDEX "withdrawal_chain_id_block_number_idx" ON "withdrawal"("chain_id", "block_number");
CREATE INDEX "withdrawal_tx_hash_idx" ON "withdrawal"("tx_hash");
