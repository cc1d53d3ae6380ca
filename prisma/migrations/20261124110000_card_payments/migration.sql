CREATE TYPE "card_purchase_state" AS ENUM ('open', 'paid', 'expired');
CREATE TYPE "card_refund_state" AS ENUM ('taken', 'undone');
CREATE TYPE "card_dispute_state" AS ENUM ('inquiry', 'open', 'won', 'lost', 'closed');
CREATE TYPE "card_dispute_part_state" AS ENUM ('held', 'returned', 'lost');

CREATE TABLE "stripe_event" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "account_id" TEXT,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "stripe_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "stripe_event_received_at_idx" ON "stripe_event"("received_at");
-- Few rows, however many events there were.
CREATE INDEX "stripe_event_unhandled" ON "stripe_event"("received_at") WHERE handled_at IS NULL;

CREATE TABLE "stripe_customer" (
    "user_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,

    CONSTRAINT "stripe_customer_pkey" PRIMARY KEY ("user_id")
);
CREATE UNIQUE INDEX "stripe_customer_customer_id_key" ON "stripe_customer"("customer_id");

CREATE TABLE "card_purchase" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "state" "card_purchase_state" NOT NULL DEFAULT 'open',
    "pack" TEXT NOT NULL,
    "credit_millicredits" BIGINT NOT NULL,
    "bonus_millicredits" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "charged_minor" BIGINT,
    "session_id" TEXT,
    "payment_intent_id" TEXT,
    "receipt_url" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,
    "owes" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paid_at" TIMESTAMPTZ(3),
    "looked_at" TIMESTAMPTZ(3),

    CONSTRAINT "card_purchase_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "card_purchase_session_id_key" ON "card_purchase"("session_id");
CREATE UNIQUE INDEX "card_purchase_payment_intent_id_key" ON "card_purchase"("payment_intent_id");
CREATE INDEX "card_purchase_user_id_created_at_idx" ON "card_purchase"("user_id", "created_at");
-- The two sweeps look at few rows however many purchases there are.
CREATE INDEX "card_purchase_open" ON "card_purchase"("created_at") WHERE state = 'open';
CREATE INDEX "card_purchase_owing" ON "card_purchase"("id") WHERE owes;

CREATE TABLE "card_refund" (
    "id" TEXT NOT NULL,
    "purchase_id" UUID NOT NULL,
    "state" "card_refund_state" NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "millicredits" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "card_refund_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "card_refund_purchase_id_idx" ON "card_refund"("purchase_id");

CREATE TABLE "card_dispute" (
    "id" TEXT NOT NULL,
    "purchase_id" UUID NOT NULL,
    "state" "card_dispute_state" NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "millicredits" BIGINT NOT NULL DEFAULT 0,
    "moves" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "card_dispute_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "card_dispute_purchase_id_idx" ON "card_dispute"("purchase_id");

CREATE TABLE "card_dispute_part" (
    "dispute_id" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "state" "card_dispute_part_state" NOT NULL DEFAULT 'held',
    "account" BIGINT NOT NULL,
    "is_earning" BOOLEAN NOT NULL,
    "capture_ref" UUID,
    "capture_leg" INTEGER,
    "millicredits" BIGINT NOT NULL,

    CONSTRAINT "card_dispute_part_pkey" PRIMARY KEY ("dispute_id", "ordinal")
);

ALTER TABLE "stripe_customer" ADD CONSTRAINT "stripe_customer_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "card_purchase" ADD CONSTRAINT "card_purchase_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "card_refund" ADD CONSTRAINT "card_refund_purchase_id_fkey" FOREIGN KEY ("purchase_id") REFERENCES "card_purchase"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "card_dispute" ADD CONSTRAINT "card_dispute_purchase_id_fkey" FOREIGN KEY ("purchase_id") REFERENCES "card_purchase"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "card_dispute_part" ADD CONSTRAINT "card_dispute_part_dispute_id_fkey" FOREIGN KEY ("dispute_id") REFERENCES "card_dispute"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
