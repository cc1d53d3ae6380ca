-- Calls that are paid one by one in USDC (x402): a signed authorization (EIP-3009) of exactly what a run costs, settled once the run is delivered.
-- lib/gateway/x402/README.md says in which order things happen and why.
CREATE TABLE "x402_payment" (
  "id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "chain_id" INTEGER NOT NULL,
  "asset" TEXT NOT NULL CHECK ("asset" ~ '^0x[0-9a-f]{40}$'),
  "payer" TEXT NOT NULL CHECK ("payer" ~ '^0x[0-9a-f]{40}$'),
  "nonce" TEXT NOT NULL CHECK ("nonce" ~ '^0x[0-9a-f]{64}$'),
  "pay_to" TEXT NOT NULL CHECK ("pay_to" ~ '^0x[0-9a-f]{40}$'),
  "amount" DECIMAL(30,0) NOT NULL CHECK ("amount" > 0),
  "valid_before" TIMESTAMPTZ(3) NOT NULL,
  -- The payload and what was asked for, as the facilitator is given them.
  "payload" JSONB NOT NULL,
  "requirements" JSONB NOT NULL,
  -- The client's own name for it (payment-identifier).
  "identifier" TEXT,
  -- Of all that was sent with it: the same again gets the same answer, anything else none.
  "request_digest" TEXT NOT NULL,
  -- The authorization had not been used at this block.
  "from_block" BIGINT NOT NULL,
  -- What is captured once it is settled, as generation_capture_set takes it.
  "delivery" JSONB,
  -- Why a facilitator will not settle it. The chain decides, and what it says is asked after this was written.
  "refusal" TEXT,
  -- When one was last asked to settle it.
  "asked_at" TIMESTAMPTZ(3),
  "look_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- Nothing more can come of it: settled for good, or never to be.
  "closed_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "x402_payment_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "x402_payment_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "x402_payment_chain_id_asset_payer_nonce_key" ON "x402_payment"("chain_id", "asset", "payer", "nonce");
CREATE UNIQUE INDEX "x402_payment_user_id_identifier_key" ON "x402_payment"("user_id", "identifier");
CREATE INDEX "x402_payment_user_id_created_at_idx" ON "x402_payment"("user_id", "created_at");
CREATE INDEX x402_payment_open ON "x402_payment" ("look_at") WHERE "closed_at" IS NULL;

ALTER TABLE "generation" ADD CONSTRAINT "generation_x402_payment_id_fkey" FOREIGN KEY ("x402_payment_id") REFERENCES "x402_payment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE UNIQUE INDEX "generation_x402_payment_id_key" ON "generation"("x402_payment_id");
ALTER TABLE "generation" ADD CONSTRAINT generation_delivered_unpaid CHECK ("delivered_at" IS NULL OR "x402_payment_id" IS NOT NULL);
CREATE INDEX generation_parked ON "generation" ("version_digest", "delivered_at") WHERE "delivered_at" IS NOT NULL;

-- What it brought is a deposit like those that come through the till's own function. One that stands for each payment.
ALTER TABLE "deposit" ADD COLUMN "x402_payment_id" UUID;
ALTER TABLE "deposit" ADD CONSTRAINT "deposit_x402_payment_id_fkey" FOREIGN KEY ("x402_payment_id") REFERENCES "x402_payment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE UNIQUE INDEX deposit_of_x402_payment ON "deposit" ("x402_payment_id") WHERE "state" <> 'reversed';

-- What was agreed does not change, and what was delivered for it is written once.
CREATE FUNCTION x402_payment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'payments are kept' USING ERRCODE = 'GX900'; END IF;
  IF (to_jsonb(NEW) - ARRAY['delivery', 'refusal', 'asked_at', 'look_at', 'closed_at']) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['delivery', 'refusal', 'asked_at', 'look_at', 'closed_at'])
    OR (OLD.delivery IS NOT NULL AND NEW.delivery IS DISTINCT FROM OLD.delivery)
  THEN RAISE EXCEPTION 'illegal change of payment %', OLD.id USING ERRCODE = 'GX901'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER x402_payment_moves BEFORE UPDATE OR DELETE ON "x402_payment" FOR EACH ROW EXECUTE FUNCTION x402_payment_guard();

-- A settlement that a reorg took back may come again in another block: it is looked for anew, though it had been done with.
CREATE FUNCTION x402_payment_reopen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE x402_payment SET closed_at = NULL, look_at = now() WHERE id = OLD.x402_payment_id;
  RETURN NULL;
END $$;
CREATE TRIGGER deposit_reopens_payment AFTER UPDATE OF "state" OR DELETE ON "deposit" FOR EACH ROW
  WHEN (OLD."x402_payment_id" IS NOT NULL AND OLD."state" <> 'reversed') EXECUTE FUNCTION x402_payment_reopen();

-- A verified payment, in the transaction that starts its run. p_payment: {id, chain, asset, payer, nonce, pay_to, amount, valid_before, payload, requirements,
-- identifier, request, from_block, balance, most_unsettled, most_lost}. The lock makes starts of one payer count each other.
CREATE FUNCTION x402_open(p_user uuid, p_purse bigint, p_model uuid, p_payment jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v_lost int; v_paid int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_user::text, 10));
  IF EXISTS (SELECT 1 FROM x402_payment p WHERE p.user_id = p_user AND (p.identifier = p_payment ->> 'identifier'
       OR (p.chain_id, p.asset, p.payer, p.nonce) = ((p_payment ->> 'chain')::int, p_payment ->> 'asset', p_payment ->> 'payer', p_payment ->> 'nonce'))) THEN
    RAISE EXCEPTION 'the payment is known' USING ERRCODE = 'GN413';
  END IF;
  IF EXISTS (SELECT 1 FROM ledger.spending_stop s WHERE s.purse_id = p_purse) THEN RAISE EXCEPTION 'spending is frozen' USING ERRCODE = 'GN403'; END IF;
  -- Under way, or not settled though it was delivered: work that somebody did for nothing.
  IF (SELECT count(*) FROM x402_payment p JOIN generation g ON g.x402_payment_id = p.id
       WHERE p.user_id = p_user AND p.created_at > now() - interval '1 day'
         AND (g.state IN ('held', 'running') OR (g.state <> 'captured' AND g.delivered_at IS NOT NULL))) >= (p_payment ->> 'most_unsettled')::int THEN
    RAISE EXCEPTION 'too many payments are not settled' USING ERRCODE = 'GN414';
  END IF;
  -- The same money verifies for one run after the other, and pays one of them. What a facilitator was asked to settle has left the balance, or is about to.
  IF (SELECT coalesce(sum(p.amount), 0) + (p_payment ->> 'amount')::numeric FROM x402_payment p JOIN generation g ON g.x402_payment_id = p.id
       WHERE p.user_id = p_user AND (p.chain_id, p.asset) = ((p_payment ->> 'chain')::int, p_payment ->> 'asset') AND p.created_at > now() - interval '1 day'
         AND g.state IN ('held', 'running') AND p.asked_at IS NULL) > (p_payment ->> 'balance')::numeric THEN
    RAISE EXCEPTION 'the payer has less than they owe for runs under way' USING ERRCODE = 'GN415';
  END IF;
  -- Whoever has many wallets moves the same money from one to the next. What a model does for nothing is bounded, and by more than a tenth of what it is paid for.
  SELECT count(*) INTO v_lost FROM generation g JOIN model_version v ON v.digest = g.version_digest
   WHERE v.model_id = p_model AND g.delivered_at > now() - interval '1 day' AND g.state IN ('failed', 'cancelled', 'expired');
  IF v_lost >= (p_payment ->> 'most_lost')::int THEN
    SELECT count(*) INTO v_paid FROM generation g JOIN model_version v ON v.digest = g.version_digest
     WHERE v.model_id = p_model AND g.delivered_at > now() - interval '1 day' AND g.state = 'captured';
    IF v_lost >= (p_payment ->> 'most_lost')::int + v_paid / 10 THEN
      RAISE EXCEPTION 'too many runs of this model were not paid for' USING ERRCODE = 'GN416';
    END IF;
  END IF;
  INSERT INTO x402_payment (id, user_id, chain_id, asset, payer, nonce, pay_to, amount, valid_before, payload, requirements, identifier, request_digest, from_block)
  SELECT p.id, p_user, p.chain, p.asset, p.payer, p.nonce, p.pay_to, p.amount, to_timestamp(p.valid_before), p.payload, p.requirements, p.identifier, p.request, p.from_block
  FROM jsonb_to_record(p_payment) p(id uuid, chain int, asset text, payer text, nonce text, pay_to text, amount numeric, valid_before bigint, payload jsonb,
    requirements jsonb, identifier text, request text, from_block bigint);
END $$;

-- A delivered run of such a payment: its work is stored and attested, and waits for the money. From now on no attempt is made, and it lasts for as long as
-- the authorization does, with ten minutes for the last block to be safe. Returns whether this attempt delivered it.
CREATE FUNCTION generation_park(p_id uuid, p_attempt smallint, p_delivery jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE v_payment uuid;
BEGIN
  UPDATE generation g SET delivered_at = now(), progress_percent = 100, deadline_at = p.valid_before + interval '10 minutes'
    FROM x402_payment p
   WHERE g.id = p_id AND p.id = g.x402_payment_id AND g.state = 'running' AND g.attempt = p_attempt AND g.delivered_at IS NULL AND g.deadline_at > now()
  RETURNING p.id INTO v_payment;
  IF NOT FOUND THEN RETURN EXISTS (SELECT 1 FROM generation WHERE id = p_id AND attempt = p_attempt AND delivered_at IS NOT NULL); END IF;
  UPDATE x402_payment SET delivery = p_delivery, look_at = now() WHERE id = v_payment;
  RETURN true;
END $$;

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE ON "x402_payment" TO intaglio_app;
    GRANT EXECUTE ON FUNCTION x402_open, generation_park TO intaglio_app;
  END IF;
END $$;
