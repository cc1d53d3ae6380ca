-- The till takes tokens, too. Amounts are wei, or base units of the token (a uint256 has up to 78 digits).
CREATE TYPE "deposit_asset" AS ENUM ('eth', 'usdc', 'other');
ALTER TYPE "deposit_state" ADD VALUE 'refunding';
ALTER TYPE "deposit_state" ADD VALUE 'refunded';

ALTER TABLE "deposit_quote" RENAME COLUMN "amount_wei" TO "amount";
ALTER TABLE "deposit_quote"
    ADD COLUMN "asset" "deposit_asset" NOT NULL DEFAULT 'eth',
    ADD COLUMN "eth_usd_cents" INTEGER,
    ADD COLUMN "rate_source" TEXT NOT NULL DEFAULT '';

ALTER TABLE "deposit" RENAME COLUMN "amount_wei" TO "amount";
ALTER TABLE "deposit"
    ALTER COLUMN "amount" TYPE DECIMAL(78,0),
    ADD COLUMN "asset" "deposit_asset" NOT NULL DEFAULT 'eth',
    ADD COLUMN "token" TEXT,
    ADD COLUMN "eth_usd_cents" INTEGER,
    ADD COLUMN "unclaimed_because" TEXT,
    ADD COLUMN "refund_ref" UUID,
    ADD CONSTRAINT "deposit_token" CHECK (("asset" = 'eth') = ("token" IS NULL)),
    ADD CONSTRAINT "deposit_unclaimed_because" CHECK ("unclaimed_because" IN ('unknown_payer', 'unknown_token', 'too_large'));
UPDATE "deposit" SET "unclaimed_because" = 'unknown_payer' WHERE "state" = 'unclaimed';
CREATE INDEX "deposit_chain_id_tx_hash_ordinal_idx" ON "deposit"("chain_id", "tx_hash", "ordinal");

-- A fork below the confirmed depth: the chain is not indexed further until an operator has acknowledged the alert.
CREATE TABLE "chain_halt" (
    "chain_id" INTEGER NOT NULL,
    "fork_number" BIGINT NOT NULL,
    "alert_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "chain_halt_pkey" PRIMARY KEY ("chain_id")
);
ALTER TABLE "chain_halt" ADD CONSTRAINT "chain_halt_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "operator_alert"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
