-- Passes: what the chain says of them, what they include with us, and who may run a model.
CREATE TABLE "pass_collection" (
  "chain_id" INTEGER NOT NULL,
  "address" TEXT NOT NULL,
  "creator_id" UUID NOT NULL,
  "base" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "pass_collection_pkey" PRIMARY KEY ("chain_id", "address")
);
CREATE UNIQUE INDEX "pass_collection_chain_id_creator_id_key" ON "pass_collection"("chain_id", "creator_id");
ALTER TABLE "pass_collection" ADD CONSTRAINT "pass_collection_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "pass_fact" (
  "chain_id" INTEGER NOT NULL,
  "block_hash" TEXT NOT NULL,
  "tx_hash" TEXT NOT NULL,
  "ordinal" INTEGER NOT NULL,
  "block_number" BIGINT NOT NULL,
  "position" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "collection" TEXT NOT NULL,
  "tier_id" INTEGER NOT NULL,
  "token_id" BIGINT,
  "kind" TEXT NOT NULL,
  "data" JSONB NOT NULL,
  CONSTRAINT "pass_fact_pkey" PRIMARY KEY ("chain_id", "block_hash", "tx_hash", "ordinal")
);
CREATE INDEX "pass_fact_chain_id_collection_token_id_kind_idx" ON "pass_fact"("chain_id", "collection", "token_id", "kind");
CREATE INDEX "pass_fact_chain_id_collection_tier_id_kind_idx" ON "pass_fact"("chain_id", "collection", "tier_id", "kind");
CREATE INDEX "pass_fact_chain_id_block_number_idx" ON "pass_fact"("chain_id", "block_number");
CREATE INDEX "pass_fact_tx_hash_idx" ON "pass_fact"("tx_hash");

CREATE TABLE "pass_tier" (
  "chain_id" INTEGER NOT NULL,
  "collection" TEXT NOT NULL,
  "tier_id" INTEGER NOT NULL,
  "label" TEXT NOT NULL,
  "price_wei" DECIMAL(30, 0) NOT NULL,
  "duration_seconds" BIGINT NOT NULL,
  "refund_window_seconds" INTEGER NOT NULL,
  "cap" INTEGER NOT NULL,
  "transferable" BOOLEAN NOT NULL,
  "open" BOOLEAN NOT NULL,
  "image_cid" TEXT NOT NULL,
  "sold" INTEGER NOT NULL,
  "issued" INTEGER NOT NULL,
  CONSTRAINT "pass_tier_pkey" PRIMARY KEY ("chain_id", "collection", "tier_id")
);
ALTER TABLE "pass_tier" ADD CONSTRAINT "pass_tier_chain_id_collection_fkey" FOREIGN KEY ("chain_id", "collection") REFERENCES "pass_collection"("chain_id", "address") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "pass_terms" (
  "chain_id" INTEGER NOT NULL,
  "collection" TEXT NOT NULL,
  "tier_id" INTEGER NOT NULL,
  "label" TEXT NOT NULL,
  "included_runs" INTEGER NOT NULL DEFAULT 0,
  "period_seconds" INTEGER NOT NULL DEFAULT 2592000,
  "rate_per_minute" INTEGER,
  "early_access" BOOLEAN NOT NULL DEFAULT false,
  "models" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
  "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "pass_terms_pkey" PRIMARY KEY ("chain_id", "collection", "tier_id"),
  CONSTRAINT "pass_terms_bounds" CHECK ("included_runs" BETWEEN 0 AND 1000000 AND "period_seconds" BETWEEN 3600 AND 31622400 AND "rate_per_minute" > 0)
);
ALTER TABLE "pass_terms" ADD CONSTRAINT "pass_terms_chain_id_collection_fkey" FOREIGN KEY ("chain_id", "collection") REFERENCES "pass_collection"("chain_id", "address") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "pass_token" (
  "id" TEXT NOT NULL,
  "chain_id" INTEGER NOT NULL,
  "collection" TEXT NOT NULL,
  "tier_id" INTEGER NOT NULL,
  "token_id" BIGINT NOT NULL,
  "holder" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3),
  "bought_at" TIMESTAMPTZ(3) NOT NULL,
  "payer" TEXT NOT NULL,
  "price_wei" DECIMAL(30, 0) NOT NULL,
  "block_number" BIGINT NOT NULL,
  "tx_hash" TEXT NOT NULL,
  CONSTRAINT "pass_token_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "pass_token_named" CHECK ("id" = "chain_id" || ':' || "collection" || ':' || "token_id")
);
CREATE UNIQUE INDEX "pass_token_chain_id_collection_token_id_key" ON "pass_token"("chain_id", "collection", "token_id");
CREATE INDEX "pass_token_holder_idx" ON "pass_token"("holder");
CREATE INDEX "pass_token_expires_at_idx" ON "pass_token"("expires_at");
CREATE INDEX "pass_token_chain_id_collection_payer_idx" ON "pass_token"("chain_id", "collection", "payer");
CREATE INDEX "pass_token_tx_hash_idx" ON "pass_token"("tx_hash");
CREATE INDEX "pass_token_chain_id_collection_tier_id_idx" ON "pass_token"("chain_id", "collection", "tier_id");
ALTER TABLE "pass_token" ADD CONSTRAINT "pass_token_chain_id_collection_tier_id_fkey" FOREIGN KEY ("chain_id", "collection", "tier_id") REFERENCES "pass_tier"("chain_id", "collection", "tier_id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "access_rule" (
  "model_id" UUID NOT NULL,
  "rule" JSONB NOT NULL,
  "early_until" TIMESTAMPTZ(3),
  "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "access_rule_pkey" PRIMARY KEY ("model_id")
);
ALTER TABLE "access_rule" ADD CONSTRAINT "access_rule_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "allowlist" (
  "id" UUID NOT NULL,
  "creator_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "allowlist_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "allowlist_creator_id_idx" ON "allowlist"("creator_id");
ALTER TABLE "allowlist" ADD CONSTRAINT "allowlist_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "allowlist_entry" (
  "allowlist_id" UUID NOT NULL,
  "address" TEXT NOT NULL,
  CONSTRAINT "allowlist_entry_pkey" PRIMARY KEY ("allowlist_id", "address")
);
ALTER TABLE "allowlist_entry" ADD CONSTRAINT "allowlist_entry_allowlist_id_fkey" FOREIGN KEY ("allowlist_id") REFERENCES "allowlist"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "pass_refund_statement" (
  "id" UUID NOT NULL,
  "pass_id" TEXT NOT NULL,
  "holder" TEXT NOT NULL,
  "deadline" TIMESTAMPTZ(3) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "pass_refund_statement_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "pass_refund_statement_pass_id_deadline_idx" ON "pass_refund_statement"("pass_id", "deadline");

CREATE TABLE "pass_picture" (
  "blob" TEXT NOT NULL,
  "owner_id" UUID NOT NULL,
  "work_id" UUID,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "pass_picture_pkey" PRIMARY KEY ("blob", "owner_id")
);
CREATE INDEX "pass_picture_owner_id_idx" ON "pass_picture"("owner_id");
CREATE INDEX "pass_picture_work_id_idx" ON "pass_picture"("work_id");
ALTER TABLE "pass_picture" ADD CONSTRAINT "pass_picture_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "pass_picture" ADD CONSTRAINT "pass_picture_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE SET NULL ON UPDATE CASCADE;
