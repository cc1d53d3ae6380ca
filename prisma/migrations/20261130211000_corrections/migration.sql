-- Transfers that an operator posts by hand. lib/corrections/README.md says who may, and what each state means.
CREATE TYPE "correction_kind" AS ENUM ('correction', 'write_off');
CREATE TYPE "correction_state" AS ENUM ('proposed', 'posted', 'refused');

CREATE TABLE "correction" (
    "id" UUID NOT NULL,
    "kind" "correction_kind" NOT NULL,
    "state" "correction_state" NOT NULL DEFAULT 'proposed',
    "ref" UUID NOT NULL,
    "debit_id" BIGINT NOT NULL,
    "credit_id" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL CHECK ("amount" > 0),
    "reason" TEXT NOT NULL,
    "public_reason" TEXT,
    "finding_id" UUID,
    "approvals_needed" SMALLINT NOT NULL,
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "refused_because" TEXT,

    CONSTRAINT "correction_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "correction_proposed_by_fkey" FOREIGN KEY ("proposed_by") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "correction_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "correction_approvals" CHECK ("approvals_needed" = 2 OR ("approvals_needed" = 1 AND "kind" = 'write_off')),
    CONSTRAINT "correction_decided" CHECK (("state" = 'proposed') = ("decided_by" IS NULL) AND ("decided_by" IS NULL) = ("decided_at" IS NULL)),
    CONSTRAINT "correction_refused" CHECK (("state" = 'refused') = ("refused_because" IS NOT NULL)),
    -- What needs two people is posted by the second.
    CONSTRAINT "correction_two_people" CHECK ("state" <> 'posted' OR "approvals_needed" = 1 OR "decided_by" <> "proposed_by")
);
CREATE UNIQUE INDEX "correction_ref_key" ON "correction"("ref");
CREATE INDEX "correction_finding_id_idx" ON "correction"("finding_id");
CREATE INDEX "correction_state_proposed_at_idx" ON "correction"("state", "proposed_at");
CREATE INDEX "correction_proposed_by_proposed_at_idx" ON "correction"("proposed_by", "proposed_at");
-- A debt is written off whole, so a second proposal for it would be the same one.
CREATE UNIQUE INDEX "correction_open_write_off" ON "correction"("credit_id") WHERE "kind" = 'write_off' AND "state" = 'proposed';

-- The only moves there are, and nobody decides about what is their own. Posted means that the ledger has exactly this transfer: whatever
-- code path forgets a rule, the row and the books cannot say different things.
CREATE FUNCTION correction_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'corrections are kept' USING ERRCODE = 'CO900'; END IF;
  IF TG_OP = 'INSERT' AND NEW.state <> 'proposed' THEN RAISE EXCEPTION 'a correction begins as a proposal' USING ERRCODE = 'CO901'; END IF;
  IF TG_OP = 'UPDATE' AND (OLD.state <> 'proposed' OR NEW.state = 'proposed'
    OR (NEW.id, NEW.kind, NEW.ref, NEW.debit_id, NEW.credit_id, NEW.amount, NEW.reason, NEW.public_reason, NEW.finding_id, NEW.approvals_needed, NEW.proposed_by, NEW.proposed_at)
      IS DISTINCT FROM
       (OLD.id, OLD.kind, OLD.ref, OLD.debit_id, OLD.credit_id, OLD.amount, OLD.reason, OLD.public_reason, OLD.finding_id, OLD.approvals_needed, OLD.proposed_by, OLD.proposed_at))
  THEN RAISE EXCEPTION 'illegal change of correction %', OLD.id USING ERRCODE = 'CO901'; END IF;
  IF EXISTS (SELECT 1 FROM ledger.account a WHERE a.id IN (NEW.debit_id, NEW.credit_id) AND a.owner IN (
      SELECT NEW.proposed_by::text UNION ALL SELECT NEW.decided_by::text
      UNION ALL SELECT t.id FROM "user" u JOIN pass_token t ON t.holder = u.address WHERE u.id IN (NEW.proposed_by, NEW.decided_by))) THEN
    RAISE EXCEPTION 'own account' USING ERRCODE = 'CO903';
  END IF;
  IF NEW.state = 'posted' AND NOT EXISTS (
    SELECT 1 FROM ledger.transfer t WHERE (t.ref, t.leg, t.debit_id, t.credit_id, t.amount, t.code::text) = (NEW.ref, 0, NEW.debit_id, NEW.credit_id, NEW.amount, NEW.kind::text))
  THEN RAISE EXCEPTION 'correction % is not in the ledger', NEW.id USING ERRCODE = 'CO904'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER correction_moves BEFORE INSERT OR UPDATE OR DELETE ON correction FOR EACH ROW EXECUTE FUNCTION correction_guard();

-- Each row is a contradiction between what operators decided and the ledger. There are none, ever.
CREATE VIEW correction_audit AS
  SELECT c.kind || ' ' || c.state || ' against its ledger' AS what, c.id::text AS id
  FROM correction c LEFT JOIN ledger.transfer t ON t.ref = c.ref
  WHERE (c.state = 'posted') <> (t.ref IS NOT NULL)
     OR (t.leg, t.debit_id, t.credit_id, t.amount, t.code::text) IS DISTINCT FROM (0, c.debit_id, c.credit_id, c.amount, c.kind::text) AND t.ref IS NOT NULL
  UNION ALL
  SELECT 'write-off without a decision', t.ref || '/' || t.leg FROM ledger.transfer t
  WHERE t.code = 'write_off' AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.ref = t.ref);
