-- Payouts of creators' earnings. lib/payouts/README.md says what each state means.
CREATE TYPE "payout_rail" AS ENUM ('connect', 'eth', 'usdc');
CREATE TYPE "payout_state" AS ENUM ('requested', 'approved', 'sending', 'sent', 'failed', 'cancelled');

CREATE TABLE "payout" (
    "id" UUID NOT NULL,
    "creator_id" UUID NOT NULL,
    "millicredits" BIGINT NOT NULL CHECK ("millicredits" > 0 AND "millicredits" % 1000 = 0),
    "rail" "payout_rail" NOT NULL,
    "destination" TEXT NOT NULL,
    "state" "payout_state" NOT NULL DEFAULT 'requested',
    "approvals_needed" SMALLINT NOT NULL CHECK ("approvals_needed" IN (1, 2)),
    "amount_out" DECIMAL(30,0),
    "eth_usd_cents" INTEGER,
    "rate_source" TEXT,
    "external_ref" TEXT,
    "tx_hash" TEXT,
    "error" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approved_at" TIMESTAMPTZ(3),
    "sending_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "payout_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    -- What is sent is fixed before it is sent, so that a second attempt cannot send another amount.
    CONSTRAINT "payout_amount_is_fixed" CHECK ("amount_out" IS NOT NULL OR "state" NOT IN ('sending', 'sent'))
);
CREATE INDEX "payout_creator_id_requested_at_idx" ON "payout"("creator_id", "requested_at");
CREATE INDEX "payout_ended_at_idx" ON "payout"("ended_at");
CREATE INDEX "payout_open" ON "payout"("requested_at") WHERE "state" IN ('requested', 'approved', 'sending');

CREATE TABLE "payout_approval" (
    "payout_id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    -- One approval a person: the second has to be somebody else's.
    CONSTRAINT "payout_approval_pkey" PRIMARY KEY ("payout_id", "operator_id"),
    CONSTRAINT "payout_approval_payout_id_fkey" FOREIGN KEY ("payout_id") REFERENCES "payout"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "payout_approval_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "payout_approval_operator_id_at_idx" ON "payout_approval"("operator_id", "at");

-- A creator's account at Stripe: where card money can be paid out to. Stripe alone knows name and bank.
CREATE TABLE "connect_account" (
    "user_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "payouts_enabled" BOOLEAN NOT NULL DEFAULT false,
    "read_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connect_account_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "connect_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "connect_account_account_id_key" ON "connect_account"("account_id");

-- The only moves there are. Approval is counted here too, so that no code path can send what too few people approved.
CREATE FUNCTION payout_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_approvals int;
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'payouts are kept' USING ERRCODE = 'PO900'; END IF;
  IF NOT (
    OLD.state = NEW.state OR
    (OLD.state = 'requested' AND NEW.state IN ('approved', 'cancelled')) OR
    (OLD.state = 'approved' AND NEW.state IN ('sending', 'cancelled')) OR
    (OLD.state = 'sending' AND NEW.state IN ('sent', 'failed'))
  ) OR OLD.state IN ('sent', 'failed', 'cancelled')
    OR (NEW.id, NEW.creator_id, NEW.millicredits, NEW.rail, NEW.destination, NEW.requested_at)
      IS DISTINCT FROM (OLD.id, OLD.creator_id, OLD.millicredits, OLD.rail, OLD.destination, OLD.requested_at)
    -- It may come to need more people while nobody has let it go, never fewer.
    OR NEW.approvals_needed < OLD.approvals_needed OR (NEW.approvals_needed > OLD.approvals_needed AND NEW.state <> 'requested')
    OR (OLD.amount_out IS NOT NULL AND NEW.amount_out IS DISTINCT FROM OLD.amount_out)
    OR (OLD.external_ref IS NOT NULL AND NEW.external_ref IS DISTINCT FROM OLD.external_ref)
  THEN RAISE EXCEPTION 'illegal change of payout % from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'PO901'; END IF;
  IF OLD.state = 'requested' AND NEW.state = 'approved' THEN
    SELECT count(*) INTO v_approvals FROM payout_approval WHERE payout_id = NEW.id;
    IF v_approvals < NEW.approvals_needed THEN
      RAISE EXCEPTION 'payout % has % of % approvals', NEW.id, v_approvals, NEW.approvals_needed USING ERRCODE = 'PO902';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_moves BEFORE UPDATE OR DELETE ON payout FOR EACH ROW EXECUTE FUNCTION payout_guard();

-- Nobody approves money to themselves, and an approval is not taken back or lent to another payout.
CREATE FUNCTION payout_approval_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN RAISE EXCEPTION 'approvals are append-only' USING ERRCODE = 'PO900'; END IF;
  IF EXISTS (SELECT 1 FROM payout WHERE id = NEW.payout_id AND creator_id = NEW.operator_id) THEN
    RAISE EXCEPTION 'own payout' USING ERRCODE = 'PO903';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_approval_rules BEFORE INSERT OR UPDATE OR DELETE ON payout_approval FOR EACH ROW EXECUTE FUNCTION payout_approval_guard();

-- Each row is a contradiction between payouts and the ledger. There are none, ever.
CREATE VIEW payout_audit AS
  SELECT 'payout ' || p.state || ' against its ledger' AS what, p.id::text AS id
  FROM payout p
  LEFT JOIN ledger.account a ON a.asset = 1 AND a.kind = 'payout_clearing' AND a.owner = p.id::text AND a.sub = ''
  LEFT JOIN LATERAL (
    SELECT coalesce(sum(t.amount) FILTER (WHERE t.code = 'payout_sent'), 0) AS sent, coalesce(sum(t.amount) FILTER (WHERE t.code = 'payout_failed'), 0) AS back
    FROM ledger.transfer t WHERE t.debit_id = a.id AND t.code IN ('payout_sent', 'payout_failed')) o ON true
  WHERE a.credits_posted IS DISTINCT FROM p.millicredits
     OR o.sent <> CASE WHEN p.state = 'sent' THEN p.millicredits ELSE 0 END
     OR o.back <> CASE WHEN p.state IN ('failed', 'cancelled') THEN p.millicredits ELSE 0 END
  UNION ALL
  SELECT 'ledger without a payout', a.owner FROM ledger.account a
  WHERE a.kind = 'payout_clearing' AND NOT EXISTS (SELECT 1 FROM payout p WHERE p.id::text = a.owner);

-- Finds the days whose earnings are due. On columns that never change, so that it costs a capture nothing.
CREATE INDEX account_pending_day ON ledger.account (sub, id) WHERE kind = 'creator_pending';
