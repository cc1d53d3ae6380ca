-- A mint that the house sends for a collector who pays in credits. One id names quote, hold and transaction.
CREATE TYPE "relay_state" AS ENUM ('open', 'captured', 'released');

CREATE TABLE "relay" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "price_millicredits" BIGINT NOT NULL CHECK (price_millicredits > 0),
    "state" "relay_state" NOT NULL DEFAULT 'open',
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "relay_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "relay_user_id_created_at_idx" ON "relay"("user_id", "created_at");
CREATE INDEX "relay_work_id_created_at_idx" ON "relay"("work_id", "created_at");
-- A second one could only fail, at the house's cost.
CREATE UNIQUE INDEX "relay_open_of_work" ON "relay"("work_id") WHERE state = 'open';

ALTER TABLE "relay" ADD CONSTRAINT "relay_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "relay" ADD CONSTRAINT "relay_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION relay_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'open' OR NEW.state = 'open'
     OR (NEW.id, NEW.user_id, NEW.work_id, NEW.price_millicredits) IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.work_id, OLD.price_millicredits) THEN
    RAISE EXCEPTION 'relay %: % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'RL901';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER relay_ends_once BEFORE UPDATE ON relay FOR EACH ROW EXECUTE FUNCTION relay_guard();

-- Each row is a contradiction between relays, their holds and their transactions. There are none, ever.
CREATE VIEW relay_audit AS
  SELECT r.id, r.state::text AS state, h.state::text AS hold, t.state::text AS transaction
  FROM relay r LEFT JOIN ledger.hold h ON h.id = r.id LEFT JOIN chain_transaction t ON t.purpose = 'relay-mint' AND t.ref = r.id
  WHERE NOT coalesce(CASE r.state
    WHEN 'open' THEN h.state = 'open' AND t.state IN ('queued', 'sent', 'mined')
    WHEN 'captured' THEN h.state = 'captured' AND t.state = 'safe'
    ELSE h.state = 'released' AND t.state IN ('reverted', 'refused') END, false);
