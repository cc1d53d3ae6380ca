-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "generation_state" AS ENUM ('held', 'running', 'captured', 'failed', 'cancelled', 'expired');

-- CreateEnum
CREATE TYPE "model_status" AS ENUM ('draft', 'published', 'paused', 'retired');

-- CreateEnum
CREATE TYPE "deposit_state" AS ENUM ('seen', 'credited', 'reversed', 'unclaimed');

-- CreateEnum
CREATE TYPE "work_kind" AS ENUM ('image', 'text');

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "siwe_nonce" (
    "nonce" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "siwe_nonce_pkey" PRIMARY KEY ("nonce")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chain_block" (
    "chain_id" INTEGER NOT NULL,
    "number" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "parent_hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chain_block_pkey" PRIMARY KEY ("chain_id","number")
);

-- CreateTable
CREATE TABLE "generation" (
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "ordinal" SMALLINT NOT NULL,
    "user_id" UUID NOT NULL,
    "version_digest" TEXT NOT NULL,
    "deployment_id" UUID NOT NULL,
    "state" "generation_state" NOT NULL DEFAULT 'held',
    "attempt" SMALLINT NOT NULL DEFAULT 0,
    "prompt" TEXT NOT NULL,
    "prompt_salt" TEXT NOT NULL,
    "prompt_hash" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "params_text" TEXT NOT NULL,
    "params_hash" TEXT NOT NULL,
    "parent" TEXT NOT NULL,
    "price_millicredits" BIGINT NOT NULL,
    "fee_millicredits" BIGINT NOT NULL,
    "creator_id" UUID NOT NULL,
    "parent_creator_id" UUID,
    "parent_millicredits" BIGINT NOT NULL DEFAULT 0,
    "mint_price_wei" DECIMAL(30,0) NOT NULL,
    "pass_id" TEXT,
    "pass_hold_id" UUID,
    "x402_payment_id" UUID,
    "delivered_at" TIMESTAMPTZ(3),
    "progress_percent" SMALLINT NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "cancel_requested_at" TIMESTAMPTZ(3),

    CONSTRAINT "generation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_heartbeat" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_heartbeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sealed_key" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "kid" TEXT,
    "wrapped_key" BYTEA,
    "ciphertext" BYTEA,
    "kms_key_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "sealed_key_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "sealed_key_is_in_one_place" CHECK (num_nonnulls("kid", "wrapped_key", "ciphertext") = CASE WHEN "kms_key_id" IS NULL THEN 3 ELSE 0 END)
);

-- CreateTable
CREATE TABLE "voucher" (
    "work_id" UUID NOT NULL,
    "receipt_digest" TEXT NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "collection" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "traits" TEXT NOT NULL,
    "sealed_blob" TEXT NOT NULL,
    "codec" SMALLINT NOT NULL,
    "image_digest" TEXT NOT NULL,
    "image_cid" TEXT NOT NULL,
    "metadata" TEXT NOT NULL,
    "metadata_cid" TEXT NOT NULL,
    "token_id" TEXT NOT NULL,
    "price_wei" DECIMAL(30,0) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "alive_until" TIMESTAMPTZ(3),

    CONSTRAINT "voucher_pkey" PRIMARY KEY ("work_id")
);

-- CreateTable
CREATE TABLE "token" (
    "chain_id" INTEGER NOT NULL,
    "collection" TEXT NOT NULL,
    "token_id" TEXT NOT NULL,
    "receipt_digest" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "minter" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "block_number" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "tx_hash" TEXT NOT NULL,
    "minted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_pkey" PRIMARY KEY ("chain_id","collection","token_id")
);

-- CreateTable
CREATE TABLE "token_transfer" (
    "chain_id" INTEGER NOT NULL,
    "block_hash" TEXT NOT NULL,
    "tx_hash" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "collection" TEXT NOT NULL,
    "token_id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_transfer_pkey" PRIMARY KEY ("chain_id","block_hash","tx_hash","ordinal")
);

-- CreateTable
CREATE TABLE "model" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "creator_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tagline" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "status" "model_status" NOT NULL DEFAULT 'draft',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_version" (
    "digest" TEXT NOT NULL,
    "model_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "manifest" TEXT NOT NULL,
    "chain_id" INTEGER NOT NULL,
    "collection" TEXT NOT NULL,
    "external_base" TEXT NOT NULL,
    "signer_key_id" UUID,
    "signer_address" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_version_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "deployment" (
    "id" UUID NOT NULL,
    "version_digest" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "active_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "active_to" TIMESTAMPTZ(3),

    CONSTRAINT "deployment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "price" (
    "id" UUID NOT NULL,
    "version_digest" TEXT NOT NULL,
    "base_millicredits" BIGINT NOT NULL,
    "per_megapixel_millicredits" BIGINT NOT NULL,
    "mint_price_wei" DECIMAL(30,0) NOT NULL,
    "active_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deposit_quote" (
    "memo" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "millicredits" BIGINT NOT NULL,
    "amount_wei" DECIMAL(30,0) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deposit_quote_pkey" PRIMARY KEY ("memo")
);

-- CreateTable
CREATE TABLE "deposit" (
    "chain_id" INTEGER NOT NULL,
    "block_hash" TEXT NOT NULL,
    "tx_hash" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "payer" TEXT NOT NULL,
    "memo" TEXT NOT NULL,
    "amount_wei" DECIMAL(30,0) NOT NULL,
    "state" "deposit_state" NOT NULL DEFAULT 'seen',
    "user_id" UUID,
    "millicredits" BIGINT,
    "transfer_ref" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "credited_at" TIMESTAMPTZ(3),

    CONSTRAINT "deposit_pkey" PRIMARY KEY ("chain_id","block_hash","tx_hash","ordinal")
);

-- CreateTable
CREATE TABLE "work" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "version_digest" TEXT NOT NULL,
    "kind" "work_kind" NOT NULL,
    "text" TEXT,
    "content" TEXT NOT NULL,
    "receipt_digest" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "output_blob" TEXT NOT NULL,
    "sealed_blob" TEXT,
    "sealed_bytes" INTEGER,
    "sealed_at" TIMESTAMPTZ(3),
    "preview_small" TEXT,
    "preview_large" TEXT,
    "captured_at" TIMESTAMPTZ(3) NOT NULL,
    "shared_at" TIMESTAMPTZ(3),
    "refunded_at" TIMESTAMPTZ(3),

    CONSTRAINT "work_pkey" PRIMARY KEY ("id"),
    -- A text, and nothing else, has its text here: of MAX_TEXT_CHARACTERS (lib/protocol/work-text.ts) at most, and what `content` is the hash of.
    CONSTRAINT "work_text" CHECK (("kind" = 'text') = ("text" IS NOT NULL) AND length("text") BETWEEN 1 AND 20000
      AND "content" = '0x' || encode(sha256(convert_to("text", 'UTF8')), 'hex'))
);

-- CreateIndex
CREATE UNIQUE INDEX "user_address_key" ON "user"("address");

-- CreateIndex
CREATE INDEX "siwe_nonce_expires_at_idx" ON "siwe_nonce"("expires_at");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "generation_user_id_created_at_idx" ON "generation"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "generation_version_digest_ended_at_idx" ON "generation"("version_digest", "ended_at");

-- CreateIndex
CREATE UNIQUE INDEX "generation_quote_id_ordinal_key" ON "generation"("quote_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "sealed_key_address_key" ON "sealed_key"("address");

-- CreateIndex
CREATE UNIQUE INDEX "sealed_key_kms_key_id_key" ON "sealed_key"("kms_key_id");

-- CreateIndex
CREATE INDEX "sealed_key_purpose_idx" ON "sealed_key"("purpose");

-- CreateIndex
CREATE UNIQUE INDEX "voucher_receipt_digest_key" ON "voucher"("receipt_digest");

-- CreateIndex
CREATE INDEX "voucher_image_cid_idx" ON "voucher"("image_cid");

-- CreateIndex
CREATE INDEX "voucher_metadata_cid_idx" ON "voucher"("metadata_cid");

-- CreateIndex
CREATE INDEX "voucher_token_id_idx" ON "voucher"("token_id");

-- CreateIndex
CREATE UNIQUE INDEX "voucher_chain_id_collection_content_key" ON "voucher"("chain_id", "collection", "content");

-- CreateIndex
CREATE INDEX "token_receipt_digest_idx" ON "token"("receipt_digest");

-- CreateIndex
CREATE INDEX "token_content_idx" ON "token"("content");

-- CreateIndex
CREATE INDEX "token_token_id_idx" ON "token"("token_id");

-- CreateIndex
CREATE INDEX "token_owner_idx" ON "token"("owner");

-- CreateIndex
CREATE INDEX "token_chain_id_block_number_idx" ON "token"("chain_id", "block_number");

-- CreateIndex
CREATE INDEX "token_transfer_chain_id_collection_token_id_block_number_idx" ON "token_transfer"("chain_id", "collection", "token_id", "block_number");

-- CreateIndex
CREATE UNIQUE INDEX "model_slug_key" ON "model"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "model_version_model_id_number_key" ON "model_version"("model_id", "number");

-- CreateIndex
CREATE INDEX "deployment_version_digest_idx" ON "deployment"("version_digest");

-- CreateIndex
CREATE INDEX "price_version_digest_active_from_idx" ON "price"("version_digest", "active_from");

-- CreateIndex
CREATE INDEX "deposit_quote_user_id_created_at_idx" ON "deposit_quote"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "deposit_memo_idx" ON "deposit"("memo");
CREATE INDEX "deposit_payer_idx" ON "deposit"("payer");

-- CreateIndex
CREATE INDEX "deposit_user_id_at_idx" ON "deposit"("user_id", "at");

-- CreateIndex
CREATE INDEX "deposit_chain_id_state_block_number_idx" ON "deposit"("chain_id", "state", "block_number");

-- CreateIndex
CREATE UNIQUE INDEX "work_receipt_digest_key" ON "work"("receipt_digest");

-- CreateIndex
CREATE INDEX "work_owner_id_captured_at_idx" ON "work"("owner_id", "captured_at");

-- CreateIndex
CREATE INDEX "work_version_digest_captured_at_idx" ON "work"("version_digest", "captured_at");

-- CreateIndex
CREATE INDEX "work_shared_at_idx" ON "work"("shared_at");

-- CreateIndex
CREATE INDEX "work_content_idx" ON "work"("content");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generation" ADD CONSTRAINT "generation_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generation" ADD CONSTRAINT "generation_version_digest_fkey" FOREIGN KEY ("version_digest") REFERENCES "model_version"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generation" ADD CONSTRAINT "generation_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voucher" ADD CONSTRAINT "voucher_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_transfer" ADD CONSTRAINT "token_transfer_chain_id_collection_token_id_fkey" FOREIGN KEY ("chain_id", "collection", "token_id") REFERENCES "token"("chain_id", "collection", "token_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model" ADD CONSTRAINT "model_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_signer_key_id_fkey" FOREIGN KEY ("signer_key_id") REFERENCES "sealed_key"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_version_digest_fkey" FOREIGN KEY ("version_digest") REFERENCES "model_version"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "price" ADD CONSTRAINT "price_version_digest_fkey" FOREIGN KEY ("version_digest") REFERENCES "model_version"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deposit_quote" ADD CONSTRAINT "deposit_quote_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deposit" ADD CONSTRAINT "deposit_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work" ADD CONSTRAINT "work_id_fkey" FOREIGN KEY ("id") REFERENCES "generation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work" ADD CONSTRAINT "work_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work" ADD CONSTRAINT "work_version_digest_fkey" FOREIGN KEY ("version_digest") REFERENCES "model_version"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;


