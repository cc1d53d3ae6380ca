-- Nonces of wallet-signed requests (lib/gateway/doors/signed.ts), shared by all instances. Unlogged: a request costs no wait for the disk.
-- A crash, or a standby that takes over, starts with both tables empty; what was let in before is not known then, and the first request
-- finds the memory's row gone too. From there on nothing is let in that could have been signed before (the clocks' skew of 30 s included).
CREATE UNLOGGED TABLE "signed_request_nonce" (
    "address" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "forget_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "signed_request_nonce_pkey" PRIMARY KEY ("address", "nonce")
);
CREATE INDEX "signed_request_nonce_forget_at_idx" ON "signed_request_nonce"("forget_at");

CREATE UNLOGGED TABLE "signed_request_memory" (
    "is_only" BOOLEAN NOT NULL DEFAULT true CHECK ("is_only"),
    "since" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "signed_request_memory_pkey" PRIMARY KEY ("is_only")
);
INSERT INTO "signed_request_memory" ("since") VALUES ('-infinity');

-- One call for a request whose signature holds: spends its nonce, finds, or makes, the wallet's user, and counts the call under `p_names` and
-- for the wallet. Of calls with one nonce the first to commit wins; the others wait for it and are told. They count under `p_names` alone: whoever
-- sends what somebody else has signed must not use up what that wallet may.
CREATE FUNCTION signed_request_open(p_address text, p_nonce text, p_created timestamptz, p_forget_at timestamptz, p_new_user uuid, p_names text[])
RETURNS TABLE (user_id uuid, problem text, counted jsonb) LANGUAGE plpgsql AS $$
DECLARE
  v_since timestamptz;
  v_user uuid;
  v_problem text;
BEGIN
  SELECT since INTO v_since FROM signed_request_memory;
  IF NOT FOUND THEN
    INSERT INTO signed_request_memory (since) VALUES (clock_timestamp() + interval '30 seconds') ON CONFLICT DO NOTHING;
    SELECT since INTO v_since FROM signed_request_memory;
  END IF;
  IF p_created <= v_since THEN v_problem := 'nonces_lost';
  ELSE
    INSERT INTO signed_request_nonce (address, nonce, forget_at) VALUES (p_address, p_nonce, p_forget_at) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN v_problem := 'nonce_reused'; END IF;
  END IF;
  IF v_problem IS NULL THEN
    SELECT id INTO v_user FROM "user" WHERE address = p_address;
    IF NOT FOUND THEN
      INSERT INTO "user" (id, address) VALUES (p_new_user, p_address) ON CONFLICT (address) DO NOTHING;
      SELECT id INTO v_user FROM "user" WHERE address = p_address;
    END IF;
  END IF;
  RETURN QUERY SELECT v_user, v_problem, (
    SELECT jsonb_agg(jsonb_build_object('name', c.name, 'points', c.points, 'resetsMs', c.resets_ms))
      FROM gateway_count(p_names || CASE WHEN v_user IS NOT NULL THEN ARRAY['gateway:wallet:' || v_user] ELSE '{}' END) c);
END $$;

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON "signed_request_nonce", "signed_request_memory" TO intaglio_app;
    GRANT EXECUTE ON FUNCTION signed_request_open TO intaglio_app;
  END IF;
END $$;
