-- The ledger. One row of `transfer` is one debit and one credit of the same amount, so the books cannot be out of balance.
-- The owner of this schema owns everything in it; the app's role may only execute these functions and read.
-- lib/credits/README.md says what each account and transfer code means, and why the functions have this shape.
CREATE SCHEMA ledger;

CREATE TYPE ledger.account_kind AS ENUM (
  'till_clearing',      -- what came in at the on-chain till; the counterpart of credits sold there (goes below zero by design)
  'promotion',          -- credits the house gives away (goes below zero by design)
  'write_off',          -- what a reversed deposit could not take back (goes below zero by design)
  'collector_onchain',  -- a collector's credits bought on-chain
  'creator_pending',    -- a creator's share of run fees, before it can be paid out
  'platform_fee'        -- the platform's share of run fees
);
CREATE TYPE ledger.transfer_code AS ENUM ('deposit', 'deposit_reversal', 'grant', 'run_creator', 'run_fee', 'run_refund');
CREATE TYPE ledger.hold_state AS ENUM ('open', 'captured', 'released', 'expired');

CREATE TABLE ledger.account (
  id             bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  asset          smallint NOT NULL DEFAULT 1,  -- 1 = credits, in millicredits; included runs of passes are assets of their own
  kind           ledger.account_kind NOT NULL,
  owner          text NOT NULL,
  guard          boolean NOT NULL,             -- what is available may never go below zero
  stream         boolean NOT NULL,             -- credits go to credit_delta and leave this row alone: for accounts that everybody pays
  debits_pending bigint NOT NULL DEFAULT 0 CHECK (debits_pending >= 0),
  debits_posted  bigint NOT NULL DEFAULT 0 CHECK (debits_posted >= 0),
  credits_posted bigint NOT NULL DEFAULT 0 CHECK (credits_posted >= 0),
  CONSTRAINT no_overdraft CHECK (NOT guard OR credits_posted - debits_posted - debits_pending >= 0),
  UNIQUE (id, asset),
  UNIQUE (asset, kind, owner)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

CREATE TABLE ledger.transfer (
  ref       uuid NOT NULL,
  leg       smallint NOT NULL DEFAULT 0,
  debit_id  bigint NOT NULL,
  credit_id bigint NOT NULL,
  asset     smallint NOT NULL,
  code      ledger.transfer_code NOT NULL,
  amount    bigint NOT NULL CHECK (amount > 0),
  at        timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (ref, leg),  -- the idempotency key
  CHECK (debit_id <> credit_id),
  FOREIGN KEY (debit_id, asset) REFERENCES ledger.account (id, asset),
  FOREIGN KEY (credit_id, asset) REFERENCES ledger.account (id, asset)
);
CREATE INDEX transfer_credit ON ledger.transfer (credit_id, at);
CREATE INDEX transfer_debit ON ledger.transfer (debit_id, at);

CREATE TABLE ledger.credit_delta (
  account_id bigint NOT NULL,
  amount     bigint NOT NULL CHECK (amount > 0)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX credit_delta_account ON ledger.credit_delta (account_id) INCLUDE (amount);

CREATE TABLE ledger.hold (
  id         uuid PRIMARY KEY,
  account_id bigint NOT NULL,
  asset      smallint NOT NULL,
  amount     bigint NOT NULL CHECK (amount > 0),
  captured   bigint NOT NULL DEFAULT 0 CHECK (captured BETWEEN 0 AND amount),
  state      ledger.hold_state NOT NULL DEFAULT 'open',
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at   timestamptz,
  FOREIGN KEY (account_id, asset) REFERENCES ledger.account (id, asset)
) WITH (fillfactor = 80);
CREATE INDEX hold_open ON ledger.hold (expires_at) WHERE state = 'open';
CREATE INDEX hold_account ON ledger.hold (account_id, created_at);

CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger.% is append-only', TG_TABLE_NAME USING ERRCODE = 'LG900';
END $$;
CREATE TRIGGER transfer_append_only BEFORE UPDATE OR DELETE ON ledger.transfer FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER transfer_no_truncate BEFORE TRUNCATE ON ledger.transfer FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

CREATE FUNCTION ledger.guard_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'open' OR NEW.state = 'open'
     OR (NEW.id, NEW.account_id, NEW.asset, NEW.amount) IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.asset, OLD.amount) THEN
    RAISE EXCEPTION 'illegal change of hold %', OLD.id USING ERRCODE = 'LG901';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_moves_once BEFORE UPDATE OR DELETE ON ledger.hold FOR EACH ROW EXECUTE FUNCTION ledger.guard_hold();

-- Opens an account, or returns the one there is. Guard and stream follow from the kind.
CREATE FUNCTION ledger.open_account(p_kind ledger.account_kind, p_owner text, p_asset smallint DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE v_id bigint;
BEGIN
  SELECT id INTO v_id FROM account WHERE asset = p_asset AND kind = p_kind AND owner = p_owner;
  IF FOUND THEN RETURN v_id; END IF;
  INSERT INTO account (asset, kind, owner, guard, stream)
  VALUES (p_asset, p_kind, p_owner, p_kind NOT IN ('till_clearing', 'promotion', 'write_off'), p_kind IN ('creator_pending', 'platform_fee'))
  ON CONFLICT (asset, kind, owner) DO NOTHING RETURNING id INTO v_id;
  IF v_id IS NULL THEN SELECT id INTO v_id FROM account WHERE asset = p_asset AND kind = p_kind AND owner = p_owner; END IF;
  RETURN v_id;
END $$;

-- Status of a call, here and below: 'ok', 'replay' (same id, same input: nothing done), 'insufficient',
-- 'conflict' (same id, other input), 'ended' (the hold is not open any more, or there is none).
CREATE TYPE ledger.call_status AS ENUM ('ok', 'replay', 'insufficient', 'conflict', 'ended');

CREATE FUNCTION ledger.hold_set(p_id uuid[], p_account bigint[], p_amount bigint[], p_ttl interval)
RETURNS TABLE (id uuid, status ledger.call_status) LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF EXISTS (SELECT 1 FROM unnest(p_amount) x WHERE x IS NULL OR x <= 0) THEN
    RAISE EXCEPTION 'amounts are above zero' USING ERRCODE = 'LG001';
  END IF;
  -- The lock is a statement of its own: the next one then runs on a newer snapshot. In one statement the CHECKs would be
  -- evaluated on the row as it was before the lock, and refuse what is fine.
  PERFORM 1 FROM account a WHERE a.id = ANY (p_account) ORDER BY a.id FOR NO KEY UPDATE;
  RETURN QUERY
  WITH req AS MATERIALIZED (
    SELECT DISTINCT ON (q.id) q.* FROM unnest(p_id, p_account, p_amount) WITH ORDINALITY q(id, account, amount, ord) ORDER BY q.id, q.ord),
  existing AS MATERIALIZED (SELECT h.id, h.account_id, h.amount FROM hold h WHERE h.id = ANY (p_id)),
  fresh AS MATERIALIZED (  -- in the order given, as many as fit
    SELECT r.*, a.asset,
           NOT a.guard OR sum(r.amount) OVER (PARTITION BY r.account ORDER BY r.ord) <= a.credits_posted - a.debits_posted - a.debits_pending AS fits
    FROM req r JOIN account a ON a.id = r.account AND NOT a.stream WHERE NOT EXISTS (SELECT 1 FROM existing e WHERE e.id = r.id)),
  ins AS (
    INSERT INTO hold (id, account_id, asset, amount, expires_at)
    SELECT f.id, f.account, f.asset, f.amount, now() + p_ttl FROM fresh f WHERE f.fits
    ON CONFLICT DO NOTHING RETURNING hold.id, hold.account_id, hold.amount),
  upd AS (
    UPDATE account a SET debits_pending = debits_pending + s.amount
    FROM (SELECT account_id, sum(amount)::bigint AS amount FROM ins GROUP BY 1) s WHERE a.id = s.account_id RETURNING 1)
  SELECT r.id, (CASE
      WHEN i.id IS NOT NULL THEN 'ok'
      WHEN e.id IS NOT NULL THEN CASE WHEN (e.account_id, e.amount) = (r.account, r.amount) THEN 'replay' ELSE 'conflict' END
      WHEN f.fits THEN 'conflict'  -- the same id is being held on another account right now
      ELSE 'insufficient' END)::call_status
  FROM req r LEFT JOIN ins i ON i.id = r.id LEFT JOIN existing e ON e.id = r.id LEFT JOIN fresh f ON f.id = r.id, (SELECT count(*) FROM upd) forced
  ORDER BY r.ord;
END $$;

-- Captures holds in full: `p_share` goes to the creator's account, `p_fee` to the platform's. What is left of a hold is let go.
CREATE FUNCTION ledger.capture_set(p_id uuid[], p_creator bigint[], p_share bigint[], p_platform bigint, p_fee bigint[])
RETURNS TABLE (id uuid, status ledger.call_status) LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF EXISTS (SELECT 1 FROM unnest(p_share, p_fee) x(share, fee) WHERE x.share < 0 OR x.fee < 0 OR x.share + x.fee <= 0) THEN
    RAISE EXCEPTION 'shares are zero or more, and together above zero' USING ERRCODE = 'LG001';
  END IF;
  -- Locks every row this call will change, in id order, so that calls cannot deadlock. A statement of its own: see hold_set.
  -- Keep it a join: "id IN (subquery) OR …" scans the whole table.
  PERFORM 1 FROM account a
    JOIN (SELECT x.id, bool_or(x.holder) AS holder FROM (
            SELECT h.account_id AS id, true AS holder FROM hold h WHERE h.id = ANY (p_id)
            UNION ALL SELECT c, false FROM unnest(p_creator) c UNION ALL SELECT p_platform, false) x GROUP BY x.id) y ON y.id = a.id
    WHERE y.holder OR NOT a.stream ORDER BY a.id FOR NO KEY UPDATE OF a;
  RETURN QUERY
  WITH req AS MATERIALIZED (
    SELECT DISTINCT ON (q.id) q.* FROM unnest(p_id, p_creator, p_share, p_fee) WITH ORDINALITY q(id, creator, share, fee, ord) ORDER BY q.id, q.ord),
  done AS (
    UPDATE hold h SET state = 'captured', captured = r.share + r.fee, ended_at = now() FROM req r
    WHERE h.id = r.id AND h.state = 'open' AND r.share + r.fee <= h.amount
    RETURNING h.id, h.account_id, h.asset, h.amount, r.creator, r.share, r.fee),
  legs AS (
    SELECT d.id, 0::smallint AS leg, d.account_id, d.creator AS credit_id, d.asset, 'run_creator'::transfer_code AS code, d.share AS amount FROM done d WHERE d.share > 0
    UNION ALL SELECT d.id, 1, d.account_id, p_platform, d.asset, 'run_fee', d.fee FROM done d WHERE d.fee > 0),
  tr AS (
    INSERT INTO transfer (ref, leg, debit_id, credit_id, asset, code, amount)
    SELECT l.id, l.leg, l.account_id, l.credit_id, l.asset, l.code, l.amount FROM legs l RETURNING 1),
  dl AS (
    INSERT INTO credit_delta (account_id, amount)
    SELECT l.credit_id, sum(l.amount) FROM legs l JOIN account a ON a.id = l.credit_id AND a.stream GROUP BY 1 RETURNING 1),
  change AS (
    SELECT z.account, sum(z.pending)::bigint AS pending, sum(z.debits)::bigint AS debits, sum(z.credits)::bigint AS credits FROM (
      SELECT d.account_id AS account, d.amount AS pending, d.share + d.fee AS debits, 0 AS credits FROM done d
      UNION ALL SELECT l.credit_id, 0, 0, l.amount FROM legs l JOIN account a ON a.id = l.credit_id AND NOT a.stream) z GROUP BY 1),
  upd AS (
    UPDATE account a SET debits_pending = debits_pending - c.pending, debits_posted = debits_posted + c.debits, credits_posted = credits_posted + c.credits
    FROM change c WHERE a.id = c.account RETURNING 1)
  SELECT r.id, (CASE
      WHEN d.id IS NOT NULL THEN 'ok'
      WHEN h.state = 'captured' THEN CASE WHEN h.captured = r.share + r.fee THEN 'replay' ELSE 'conflict' END
      WHEN h.state = 'open' THEN 'conflict'
      ELSE 'ended' END)::call_status
  FROM req r LEFT JOIN done d ON d.id = r.id LEFT JOIN hold h ON h.id = r.id,
       (SELECT count(*) FROM tr) forced_tr, (SELECT count(*) FROM dl) forced_dl, (SELECT count(*) FROM upd) forced_upd
  ORDER BY r.ord;
END $$;

CREATE FUNCTION ledger.release(p_id uuid, p_state ledger.hold_state DEFAULT 'released') RETURNS ledger.call_status
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE h record;
BEGIN
  IF p_state NOT IN ('released', 'expired') THEN RAISE EXCEPTION 'a hold ends released or expired' USING ERRCODE = 'LG001'; END IF;
  PERFORM 1 FROM account WHERE id = (SELECT account_id FROM hold WHERE id = p_id) FOR NO KEY UPDATE;
  UPDATE hold SET state = p_state, ended_at = now() WHERE id = p_id AND state = 'open' RETURNING account_id, amount INTO h;
  IF NOT FOUND THEN
    RETURN coalesce((SELECT CASE WHEN state IN ('released', 'expired') THEN 'replay' ELSE 'ended' END FROM hold WHERE id = p_id), 'ended');
  END IF;
  UPDATE account SET debits_pending = debits_pending - h.amount WHERE id = h.account_id;
  RETURN 'ok';
END $$;

-- The net beneath: lets go of holds that nobody ended in time. Returns how many.
CREATE FUNCTION ledger.expire_holds(p_limit int DEFAULT 500) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE n int := 0; v_id uuid;
BEGIN
  FOR v_id IN SELECT id FROM hold WHERE state = 'open' AND expires_at < now() ORDER BY account_id, id LIMIT p_limit LOOP
    IF release(v_id, 'expired') = 'ok' THEN n := n + 1; END IF;
  END LOOP;
  RETURN n;
END $$;

-- Adds the deltas of a stream account to its row. Returns the sum added.
CREATE FUNCTION ledger.roll_up(p_account bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE s bigint;
BEGIN
  PERFORM 1 FROM account WHERE id = p_account AND stream FOR NO KEY UPDATE;
  WITH d AS (DELETE FROM credit_delta WHERE account_id = p_account RETURNING amount) SELECT coalesce(sum(amount), 0)::bigint INTO s FROM d;
  IF s > 0 THEN UPDATE account SET credits_posted = credits_posted + s WHERE id = p_account; END IF;
  RETURN s;
END $$;

-- One transfer outside a hold (a deposit, a grant, a correction). Idempotent by (ref, leg).
CREATE FUNCTION ledger.post(p_ref uuid, p_leg smallint, p_debit bigint, p_credit bigint, p_amount bigint, p_code ledger.transfer_code)
RETURNS ledger.call_status LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE a smallint; debit_stream boolean; credit_stream boolean; t record;
BEGIN
  IF p_amount IS NULL OR p_amount <= 0 THEN RAISE EXCEPTION 'amounts are above zero' USING ERRCODE = 'LG001'; END IF;
  SELECT stream INTO credit_stream FROM account WHERE id = p_credit;
  SELECT stream INTO debit_stream FROM account WHERE id = p_debit;
  IF credit_stream IS NULL OR debit_stream IS NULL THEN RAISE EXCEPTION 'no such account' USING ERRCODE = 'LG002'; END IF;
  PERFORM 1 FROM account WHERE id = p_debit OR (id = p_credit AND NOT credit_stream) ORDER BY id FOR NO KEY UPDATE;
  IF debit_stream THEN PERFORM roll_up(p_debit); END IF;
  SELECT debit_id, credit_id, amount, code INTO t FROM transfer WHERE ref = p_ref AND leg = p_leg;
  IF FOUND THEN
    RETURN CASE WHEN (t.debit_id, t.credit_id, t.amount, t.code) = (p_debit, p_credit, p_amount, p_code) THEN 'replay' ELSE 'conflict' END;
  END IF;
  UPDATE account SET debits_posted = debits_posted + p_amount
   WHERE id = p_debit AND (NOT guard OR credits_posted - debits_posted - debits_pending >= p_amount) RETURNING asset INTO a;
  IF NOT FOUND THEN RETURN 'insufficient'; END IF;
  INSERT INTO transfer (ref, leg, debit_id, credit_id, asset, code, amount) VALUES (p_ref, p_leg, p_debit, p_credit, a, p_code, p_amount);
  IF credit_stream THEN INSERT INTO credit_delta VALUES (p_credit, p_amount);
  ELSE UPDATE account SET credits_posted = credits_posted + p_amount WHERE id = p_credit; END IF;
  RETURN 'ok';
END $$;

CREATE FUNCTION ledger.balance(p_account bigint) RETURNS TABLE (available bigint, pending bigint, posted bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT a.credits_posted + d.s - a.debits_posted - a.debits_pending, a.debits_pending, a.credits_posted + d.s - a.debits_posted
  FROM account a, LATERAL (SELECT coalesce(sum(amount), 0)::bigint AS s FROM credit_delta WHERE account_id = a.id AND a.stream) d WHERE a.id = p_account
$$;

-- Each row is a contradiction in the books. There are none, ever.
CREATE VIEW ledger.audit AS
  SELECT 'debits' AS what, a.id::text AS id, a.debits_posted::numeric AS have, coalesce(t.s, 0) AS want
    FROM ledger.account a LEFT JOIN (SELECT debit_id, sum(amount) s FROM ledger.transfer GROUP BY 1) t ON t.debit_id = a.id
    WHERE a.debits_posted <> coalesce(t.s, 0)
  UNION ALL
  SELECT 'credits', a.id::text, a.credits_posted + coalesce(d.s, 0), coalesce(t.s, 0)
    FROM ledger.account a
    LEFT JOIN (SELECT credit_id, sum(amount) s FROM ledger.transfer GROUP BY 1) t ON t.credit_id = a.id
    LEFT JOIN (SELECT account_id, sum(amount) s FROM ledger.credit_delta GROUP BY 1) d ON d.account_id = a.id
    WHERE a.credits_posted + coalesce(d.s, 0) <> coalesce(t.s, 0)
  UNION ALL
  SELECT 'pending', a.id::text, a.debits_pending, coalesce(h.s, 0)
    FROM ledger.account a LEFT JOIN (SELECT account_id, sum(amount) s FROM ledger.hold WHERE state = 'open' GROUP BY 1) h ON h.account_id = a.id
    WHERE a.debits_pending <> coalesce(h.s, 0)
  UNION ALL
  SELECT 'hold', h.id::text, h.captured, coalesce(t.s, 0)
    FROM ledger.hold h LEFT JOIN (SELECT ref, sum(amount) s FROM ledger.transfer WHERE code IN ('run_creator', 'run_fee') GROUP BY 1) t ON t.ref = h.id
    WHERE h.captured <> coalesce(t.s, 0)
  UNION ALL
  SELECT 'overdraft', a.id::text, a.credits_posted - a.debits_posted - a.debits_pending, 0
    FROM ledger.account a WHERE a.guard AND NOT a.stream AND a.credits_posted - a.debits_posted - a.debits_pending < 0
  UNION ALL
  SELECT 'sum', asset::text, sum(s), 0 FROM (
      SELECT asset, sum(credits_posted - debits_posted) AS s FROM ledger.account GROUP BY asset
      UNION ALL SELECT a.asset, sum(d.amount) FROM ledger.credit_delta d JOIN ledger.account a ON a.id = d.account_id GROUP BY a.asset) b
    GROUP BY asset HAVING sum(s) <> 0;

REVOKE ALL ON ALL TABLES IN SCHEMA ledger FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;

-- The app's role. The launcher gives it a login; where an operator's role may not create roles, the app runs as the owner
-- and the triggers above still refuse to change what was written.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN CREATE ROLE intaglio_app NOLOGIN; END IF;
EXCEPTION WHEN insufficient_privilege THEN RAISE NOTICE 'no role intaglio_app: this role may not create roles';
END $$;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app') THEN
    GRANT USAGE ON SCHEMA ledger TO intaglio_app;
    GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO intaglio_app;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger TO intaglio_app;
  END IF;
END $$;
