-- The ledger. One row of `transfer` is one debit and one credit of the same amount, so the books cannot be out of balance.
-- The owner of this schema owns everything in it; the app's role may only execute these functions and read.
-- lib/credits/README.md says what each account and code means, and why the functions have this shape.
CREATE SCHEMA ledger;

CREATE TYPE ledger.account_kind AS ENUM (
  -- Where credits come from and go to; below zero by design.
  'card_clearing',        -- sold by card
  'till_clearing',        -- sold at the on-chain till
  'promotion',            -- given away by the house: funds bonus credits
  'write_off',            -- losses that the platform bears
  'collector_debt',       -- what a collector owes
  -- A collector's lots: one account for each purchase (sub = its ref). Never below zero.
  'collector_purchased', 'collector_bonus', 'collector_onchain',
  'dispute_reserve',      -- disputed credits and earnings until the dispute is decided (sub = the purchase)
  -- Revenue: streams.
  'creator_pending',      -- card-funded earnings of one UTC day (sub = the day) before they can be paid out
  'creator_available', 'platform_fee', 'relay_fee',
  'payout_clearing',      -- on its way out (owner = the payout)
  'paid_out',             -- what left
  -- Asset 2, gwei: the ETH that pays for relayed transactions.
  'float_source', 'relayer_float', 'gas_spent',
  -- Asset 3, runs that passes include. A lot for each period of a pass (owner = the pass, sub = the period), so that what is left goes where it goes.
  'runs_granted',         -- given with passes: below zero by design
  'pass_runs',
  'runs_used'             -- a stream
);
CREATE TYPE ledger.transfer_code AS ENUM (
  'purchase', 'bonus', 'bonus_expired', 'deposit', 'deposit_reversal', 'grant', 'run_creator', 'run_parent', 'run_fee', 'run_refund', 'relay_fee',
  'card_refund', 'dispute_hold', 'dispute_won', 'dispute_lost', 'debt', 'debt_repaid', 'write_off', 'matured', 'payout', 'payout_sent',
  'payout_failed', 'float_in', 'gas', 'correction', 'included', 'included_run', 'included_expired', 'included_back', 'relay_refund', 'float_back');
-- What a line of a collector's statement says: the codes above that can touch a lot, the two kinds of capture, and holds let go.
CREATE TYPE ledger.entry_code AS ENUM (
  'purchase', 'bonus', 'bonus_expired', 'deposit', 'deposit_reversal', 'grant', 'run', 'run_refund', 'relay', 'card_refund', 'dispute_hold',
  'dispute_won', 'debt_repaid', 'released', 'expired', 'correction', 'included', 'included_expired', 'included_back', 'relay_refund');
CREATE TYPE ledger.hold_state AS ENUM ('open', 'captured', 'released', 'expired');
-- 'replay': same id, same input, nothing done. 'ended': the hold is not open any more, or there is none. In order of severity.
CREATE TYPE ledger.call_status AS ENUM ('ok', 'replay', 'insufficient', 'frozen', 'conflict', 'ended');

-- Who can hold credits: one row for each (asset, owner). It carries the balance over all lots of that owner, which the entries repeat.
CREATE TABLE ledger.purse (
  id      bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  asset   smallint NOT NULL,
  owner   text NOT NULL,
  balance bigint NOT NULL DEFAULT 0 CHECK (balance >= 0),
  entries bigint NOT NULL DEFAULT 0,
  UNIQUE (asset, owner)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

-- No foreign keys point here: each would lock and read an account row for every transfer. Only the functions below write, and ledger.audit
-- looks for what has no account. Ids of streams are below zero, so that a CHECK can tell them from the others.
CREATE SEQUENCE ledger.stream_id INCREMENT BY -1;
CREATE TABLE ledger.account (
  id             bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  asset          smallint NOT NULL,  -- 1 = credits, in millicredits; 2 = ETH, in gwei; 3 = included runs of passes
  kind           ledger.account_kind NOT NULL,
  owner          text NOT NULL,
  sub            text NOT NULL,
  purse_id       bigint,             -- set for lots
  expires_at     timestamptz,        -- of a bonus lot, or a pass's period
  guard          boolean NOT NULL,   -- what is available may never go below zero
  stream         boolean NOT NULL CHECK (stream = (id < 0)),  -- credits go to credit_delta and leave this row alone: for accounts that everybody pays
  spent          boolean NOT NULL DEFAULT false,  -- a lot with nothing left in it; changes rarely, so it can narrow an index
  debits_pending bigint NOT NULL DEFAULT 0 CHECK (debits_pending >= 0),
  debits_posted  bigint NOT NULL DEFAULT 0 CHECK (debits_posted >= 0),
  credits_posted bigint NOT NULL DEFAULT 0 CHECK (credits_posted >= 0),
  CONSTRAINT no_overdraft CHECK (NOT guard OR credits_posted - debits_posted - debits_pending >= 0),
  UNIQUE (asset, kind, owner, sub)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX lot_open ON ledger.account (purse_id, id) WHERE purse_id IS NOT NULL AND NOT spent;
CREATE INDEX lot_expiring ON ledger.account (expires_at) WHERE expires_at IS NOT NULL AND NOT spent;

CREATE TABLE ledger.transfer (
  ref       uuid NOT NULL,
  leg       int NOT NULL DEFAULT 0,
  debit_id  bigint NOT NULL,
  credit_id bigint NOT NULL,
  code      ledger.transfer_code NOT NULL,
  amount    bigint NOT NULL CHECK (amount > 0),
  at        timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (ref, leg),  -- the idempotency key
  CHECK (debit_id <> credit_id)
);
-- The platform's fees are half of all transfers, and nobody lists them one by one.
CREATE INDEX transfer_credit ON ledger.transfer (credit_id, at) WHERE code <> 'run_fee';
-- Not for captures: they are most of all rows, and the collector's entries lead to them (lib/credits/spends.ts).
CREATE INDEX transfer_debit ON ledger.transfer (debit_id, at) WHERE code NOT IN ('run_creator', 'run_parent', 'run_fee', 'relay_fee');

-- A line of a collector's statement. `seq` counts the purse's entries without a gap; `balance` is what they had after it.
CREATE TABLE ledger.entry (
  purse_id bigint NOT NULL,
  seq      bigint NOT NULL,
  ref      uuid NOT NULL,  -- what it is about: the run, the purchase, the deposit
  code     ledger.entry_code NOT NULL,
  change   bigint NOT NULL,
  held     bigint NOT NULL DEFAULT 0,  -- of a hold that was let go: what it had set aside
  balance  bigint NOT NULL CHECK (balance >= 0),
  at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (purse_id, seq)
);
-- Not for runs: they are most lines, so walking the whole statement finds the next ones soon.
CREATE INDEX entry_code ON ledger.entry (purse_id, code, seq) WHERE code <> 'run';

-- What came in to streams since they were last added up. No index: it is written far more often than read, and holds some seconds' worth.
CREATE TABLE ledger.credit_delta (
  account_id bigint NOT NULL CHECK (account_id < 0),
  amount     bigint NOT NULL CHECK (amount > 0)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- The legs are in the row: a hold is written once and read once, and a second table would double that.
CREATE TABLE ledger.hold (
  id         uuid PRIMARY KEY,
  purse_id   bigint NOT NULL,
  amount     bigint NOT NULL CHECK (amount > 0),
  captured   bigint NOT NULL DEFAULT 0 CHECK (captured BETWEEN 0 AND amount),
  state      ledger.hold_state NOT NULL DEFAULT 'open',
  lots       bigint[] NOT NULL,
  amounts    bigint[] NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at   timestamptz,
  CHECK (cardinality(lots) = cardinality(amounts))
) WITH (fillfactor = 80);
CREATE INDEX hold_open ON ledger.hold (expires_at, purse_id) WHERE state = 'open';

-- While a row stands, its purse takes no new holds (a dispute, a debt). Credits still come in.
CREATE TABLE ledger.spending_stop (
  purse_id bigint NOT NULL REFERENCES ledger.purse (id),
  ref      uuid NOT NULL,
  at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (purse_id, ref)
);

CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger.% does not change that way', TG_TABLE_NAME USING ERRCODE = 'LG900';
END $$;
CREATE TRIGGER transfer_append_only BEFORE UPDATE OR DELETE ON ledger.transfer FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER transfer_no_truncate BEFORE TRUNCATE ON ledger.transfer FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON ledger.entry FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON ledger.entry FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- A hold ends once. While it is open its end may be put off; nothing else about it ever changes.
CREATE TRIGGER hold_moves_once BEFORE UPDATE ON ledger.hold FOR EACH ROW
  WHEN (OLD.state <> 'open' OR (NEW.state = 'open' AND NEW.expires_at <= OLD.expires_at)
        OR (NEW.id, NEW.purse_id, NEW.amount, NEW.lots, NEW.amounts) IS DISTINCT FROM (OLD.id, OLD.purse_id, OLD.amount, OLD.lots, OLD.amounts))
  EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER hold_stays BEFORE DELETE ON ledger.hold FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER hold_no_truncate BEFORE TRUNCATE ON ledger.hold FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

CREATE FUNCTION ledger.open_purse(p_owner text, p_asset smallint DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE v_id bigint;
BEGIN
  LOOP
    SELECT id INTO v_id FROM purse WHERE asset = p_asset AND owner = p_owner;
    IF FOUND THEN RETURN v_id; END IF;
    INSERT INTO purse (asset, owner) VALUES (p_asset, p_owner) ON CONFLICT (asset, owner) DO NOTHING;
  END LOOP;
END $$;

-- Opens an account, or returns the one there is. Guard, stream and purse follow from the kind.
CREATE FUNCTION ledger.open_account(
  p_kind ledger.account_kind, p_owner text, p_sub text DEFAULT '', p_asset smallint DEFAULT 1, p_expires_at timestamptz DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  v_id bigint;
  v_stream boolean := p_kind IN ('creator_pending', 'creator_available', 'platform_fee', 'relay_fee', 'runs_used');
BEGIN
  LOOP
    SELECT id INTO v_id FROM account WHERE asset = p_asset AND kind = p_kind AND owner = p_owner AND sub = p_sub;
    IF FOUND THEN RETURN v_id; END IF;
    INSERT INTO account (id, asset, kind, owner, sub, expires_at, guard, stream, purse_id) OVERRIDING SYSTEM VALUE
    VALUES (CASE WHEN v_stream THEN nextval('stream_id') ELSE nextval('account_id_seq') END, p_asset, p_kind, p_owner, p_sub, p_expires_at,
            p_kind NOT IN ('card_clearing', 'till_clearing', 'promotion', 'write_off', 'collector_debt', 'float_source', 'runs_granted'), v_stream,
            CASE WHEN p_kind IN ('collector_purchased', 'collector_bonus', 'collector_onchain', 'pass_runs') THEN open_purse(p_owner, p_asset) END)
    ON CONFLICT (asset, kind, owner, sub) DO NOTHING;
  END LOOP;
END $$;

-- Sets credits aside: bonus lots first (the first to expire first), then the oldest lot. p_kinds: only lots of these kinds.
-- Set-based; a single hold is a set of one. Requests are served in their order, and answered in it. Lock order everywhere: accounts by id,
-- purses by id, holds.
CREATE FUNCTION ledger.hold_set(p_id uuid[], p_purse bigint[], p_amount bigint[], p_ttl interval, p_kinds ledger.account_kind[] DEFAULT NULL)
RETURNS ledger.call_status[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp
-- The plans are always the same: index look-ups for each item. Making them anew for each call would cost more than running them, and one
-- that was made while the tables were small must not read whole indexes later.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
  v_lot bigint[]; v_lot_purse bigint[]; v_free bigint[];                      -- lots as locked, those of a purse in the order of spending
  v_taken bigint[];                                                           -- what new holds take of each
  v_held uuid[]; v_held_purse bigint[]; v_held_amount bigint[];               -- holds that there are, and those of this call
  v_new uuid[] := '{}'; v_new_purse bigint[] := '{}'; v_new_amount bigint[] := '{}'; v_first int[] := '{}'; v_last int[] := '{}';
  v_leg_lot bigint[] := '{}'; v_leg_amount bigint[] := '{}';                  -- legs of new holds; a hold's are v_first .. v_last
  v_frozen bigint[]; v_done uuid[]; v_status call_status[] := '{}'; k int; m int; v_sum bigint; v_part bigint;
BEGIN
  -- The lock is a statement of its own, and what it returns is the row as locked. In one statement with the change the CHECKs would be
  -- evaluated on the row as it was before the lock, and refuse what is fine. A lot with nothing free is not locked: the planner looks at
  -- that first, and what comes free meanwhile is for the next hold.
  SELECT array_agg(x.id), array_agg(x.purse_id), array_agg(x.free), array_agg(0::bigint) INTO v_lot, v_lot_purse, v_free, v_taken FROM (
    SELECT l.id, l.purse_id, l.free FROM (
      SELECT a.id, a.purse_id, a.kind, a.expires_at, a.credits_posted - a.debits_posted - a.debits_pending AS free
      FROM account a WHERE a.purse_id = ANY (p_purse) AND NOT a.spent AND (p_kinds IS NULL OR a.kind = ANY (p_kinds))
      ORDER BY a.id FOR NO KEY UPDATE) l
    WHERE l.free > 0 AND (l.expires_at IS NULL OR l.expires_at > now())
    ORDER BY l.purse_id, l.kind <> 'collector_bonus', l.expires_at, l.id) x;
  -- After the lock and not with it: this sees a stop, or a hold, whose transaction the lock has just waited for.
  SELECT ARRAY(SELECT s.purse_id FROM spending_stop s WHERE s.purse_id = ANY (p_purse)), coalesce(array_agg(h.id), '{}'), array_agg(h.purse_id), array_agg(h.amount)
  INTO v_frozen, v_held, v_held_purse, v_held_amount FROM hold h WHERE h.id = ANY (p_id);

  FOR i IN 1 .. cardinality(p_id) LOOP
    k := array_position(v_held, p_id[i]);
    IF k IS NOT NULL THEN
      v_status[i] := CASE WHEN v_held_purse[k] = p_purse[i] AND v_held_amount[k] = p_amount[i] THEN 'replay' ELSE 'conflict' END;
      CONTINUE;
    END IF;
    IF p_purse[i] = ANY (v_frozen) THEN v_status[i] := 'frozen'; CONTINUE; END IF;
    k := array_position(v_lot_purse, p_purse[i]);
    m := k;
    v_sum := 0;
    WHILE v_sum < p_amount[i] AND v_lot_purse[m] = p_purse[i] LOOP v_sum := v_sum + v_free[m]; m := m + 1; END LOOP;
    IF v_sum < p_amount[i] THEN v_status[i] := 'insufficient'; CONTINUE; END IF;
    v_first := v_first || cardinality(v_leg_lot) + 1;
    v_sum := p_amount[i];
    FOR l IN k .. m - 1 LOOP
      CONTINUE WHEN v_free[l] = 0;  -- taken by a request before
      v_part := least(v_free[l], v_sum);
      v_free[l] := v_free[l] - v_part;
      v_taken[l] := v_taken[l] + v_part;
      v_sum := v_sum - v_part;
      v_leg_lot := v_leg_lot || v_lot[l];
      v_leg_amount := v_leg_amount || v_part;
    END LOOP;
    v_last := v_last || cardinality(v_leg_lot);
    v_new := v_new || p_id[i];
    v_new_purse := v_new_purse || p_purse[i];
    v_new_amount := v_new_amount || p_amount[i];
    v_held := v_held || p_id[i];
    v_held_purse := v_held_purse || p_purse[i];
    v_held_amount := v_held_amount || p_amount[i];
    v_status[i] := 'ok';
  END LOOP;
  IF v_new = '{}' THEN RETURN v_status; END IF;

  WITH ins AS (
    INSERT INTO hold (id, purse_id, amount, lots, amounts, expires_at)
    SELECT n.id, n.purse, n.amount, v_leg_lot[n.first:n.last], v_leg_amount[n.first:n.last], now() + p_ttl
    FROM unnest(v_new, v_new_purse, v_new_amount, v_first, v_last) n(id, purse, amount, first, last)
    ON CONFLICT DO NOTHING RETURNING id)
  SELECT array_agg(id) INTO v_done FROM ins;
  IF cardinality(v_done) IS DISTINCT FROM cardinality(v_new) THEN
    FOR i IN 1 .. cardinality(v_new) LOOP  -- another purse has taken this id since we looked
      CONTINUE WHEN coalesce(v_new[i] = ANY (v_done), false);
      v_status := (SELECT array_agg(CASE WHEN q.id = v_new[i] THEN 'conflict' ELSE q.status END ORDER BY q.ord)
                   FROM unnest(p_id, v_status) WITH ORDINALITY q(id, status, ord));
      FOR l IN v_first[i] .. v_last[i] LOOP
        k := array_position(v_lot, v_leg_lot[l]);
        v_taken[k] := v_taken[k] - v_leg_amount[l];
      END LOOP;
    END LOOP;
  END IF;
  UPDATE account a SET debits_pending = a.debits_pending + l.taken FROM unnest(v_lot, v_taken) l(id, taken) WHERE a.id = l.id AND l.taken > 0;
  RETURN v_status;
END $$;

-- Sets aside what has just come into a lot, for what it was paid for and nothing else: whatever else the purse has, owes or is stopped for. The caller has
-- posted it in this transaction, and captures it in this transaction.
CREATE FUNCTION ledger.hold_lot(p_id uuid, p_lot bigint, p_amount bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE v_purse bigint;
BEGIN
  UPDATE account SET debits_pending = debits_pending + p_amount WHERE id = p_lot AND purse_id IS NOT NULL RETURNING purse_id INTO v_purse;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such lot' USING ERRCODE = 'LG002'; END IF;
  INSERT INTO hold (id, purse_id, amount, lots, amounts, expires_at) VALUES (p_id, v_purse, p_amount, ARRAY[p_lot], ARRAY[p_amount], now() + interval '1 minute');
END $$;

-- Captures holds, in full or in part: what is left of a hold goes back to its lots. A hold is paid out in splits, given as parallel
-- arrays in the order of the holds: which hold (its place in p_id, from 1), where it goes when card-funded and when not, how much, under
-- which code. The receivers are streams: a balance row that every capture updates would be the slowest row in the house.
CREATE FUNCTION ledger.capture_set(
  p_id uuid[], p_code ledger.entry_code, p_item int[], p_pending bigint[], p_available bigint[], p_amount bigint[], p_split_code ledger.transfer_code[])
RETURNS ledger.call_status[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
  v_lot bigint[]; v_card boolean[]; v_purse bigint[]; v_balance bigint[]; v_entries bigint[];  -- lots and purses as locked, then as they will be
  v_pending bigint[]; v_debits bigint[];                                                       -- what leaves each lot
  v_total bigint[] := array_fill(0::bigint, ARRAY[cardinality(p_id)]);
  v_split int[] := array_fill(NULL::int, ARRAY[cardinality(p_id)]);                            -- each hold's first split
  t_ref uuid[] := '{}'; t_leg int[] := '{}'; t_debit bigint[] := '{}'; t_credit bigint[] := '{}'; t_code transfer_code[] := '{}'; t_amount bigint[] := '{}';
  e_purse bigint[] := '{}'; e_seq bigint[] := '{}'; e_ref uuid[] := '{}'; e_captured bigint[] := '{}'; e_balance bigint[] := '{}';
  v_status call_status[] := array_fill(NULL::call_status, ARRAY[cardinality(p_id)]);
  d record; v_lots bigint[]; v_amounts bigint[]; k int; s int; v_rest bigint; v_leg_rest bigint; v_split_rest bigint; v_part bigint;
BEGIN
  FOR i IN 1 .. cardinality(p_item) LOOP
    IF p_item[i] < p_item[i - 1] THEN RAISE EXCEPTION 'splits come in the order of their holds' USING ERRCODE = 'LG001'; END IF;
    v_total[p_item[i]] := v_total[p_item[i]] + p_amount[i];
    IF v_split[p_item[i]] IS NULL THEN v_split[p_item[i]] := i; END IF;
  END LOOP;

  -- Locks every row this call will change: lots in id order, then purses in id order, so that calls cannot deadlock. A statement of its
  -- own, whose answers are the rows as locked: see hold_set.
  SELECT l.ids, l.cards, l.zeros, l.zeros, p.ids, p.balances, p.entries INTO v_lot, v_card, v_pending, v_debits, v_purse, v_balance, v_entries FROM
    (SELECT array_agg(x.id) AS ids, array_agg(x.card) AS cards, array_agg(0::bigint) AS zeros, array_agg(DISTINCT x.purse_id) AS purses FROM (
      SELECT a.id, a.purse_id, a.kind <> 'collector_onchain' AS card
      FROM account a WHERE a.id = ANY (ARRAY(SELECT unnest(h.lots) FROM hold h WHERE h.id = ANY (p_id)))
      ORDER BY a.id FOR NO KEY UPDATE) x) l,
    LATERAL (SELECT array_agg(x.id) AS ids, array_agg(x.balance) AS balances, array_agg(x.entries) AS entries FROM (
      SELECT p.id, p.balance, p.entries FROM purse p WHERE p.id = ANY (l.purses) ORDER BY p.id FOR NO KEY UPDATE) x) p;

  FOR d IN
    UPDATE hold h SET state = 'captured', captured = t.amount, ended_at = now() FROM unnest(p_id, v_total) WITH ORDINALITY t(id, amount, item)
    -- Not "= 'open'": that would let a plan read the index of open holds instead of looking up ids. Of an id that comes twice the
    -- first that fits is taken: UPDATE changes a row once.
    WHERE h.id = t.id AND h.state < 'captured' AND t.amount BETWEEN 1 AND h.amount
    RETURNING h.id, t.item::int AS item, h.purse_id, h.lots, h.amounts, h.captured
  LOOP
    v_status[d.item] := 'ok';
    k := array_position(v_purse, d.purse_id);
    v_entries[k] := v_entries[k] + 1;
    v_balance[k] := v_balance[k] - d.captured;
    e_purse := e_purse || d.purse_id;
    e_seq := e_seq || v_entries[k];
    e_ref := e_ref || d.id;
    e_captured := e_captured || d.captured;
    e_balance := e_balance || v_balance[k];
    -- Legs and splits are laid over each other as stretches of the same line, so that a transfer has one lot and one receiver.
    s := v_split[d.item];
    v_split_rest := p_amount[s];
    v_rest := d.captured;
    v_lots := d.lots;  -- of a record every look would unpack all of it again
    v_amounts := d.amounts;
    FOR l IN 1 .. cardinality(v_lots) LOOP
      -- Lots of a purse mostly lie here as they do in the hold, so that the next one needs no search.
      IF l > 1 AND v_lot[k + 1] = v_lots[l] THEN k := k + 1; ELSE k := array_position(v_lot, v_lots[l]); END IF;
      v_leg_rest := least(v_amounts[l], v_rest);
      v_pending[k] := v_pending[k] + v_amounts[l];
      v_debits[k] := v_debits[k] + v_leg_rest;
      v_rest := v_rest - v_leg_rest;
      WHILE v_leg_rest > 0 LOOP
        v_part := least(v_leg_rest, v_split_rest);
        t_ref := t_ref || d.id;
        t_leg := t_leg || ((s - v_split[d.item]) * 1048576 + l - 1);  -- numbered by split, then by leg
        t_debit := t_debit || v_lots[l];
        t_credit := t_credit || CASE WHEN v_card[k] THEN p_pending[s] ELSE p_available[s] END;
        t_code := t_code || p_split_code[s];
        t_amount := t_amount || v_part;
        v_leg_rest := v_leg_rest - v_part;
        v_split_rest := v_split_rest - v_part;
        IF v_split_rest = 0 THEN
          s := s + 1;
          v_split_rest := p_amount[s];
        END IF;
      END LOOP;
    END LOOP;
  END LOOP;

  IF t_ref <> '{}' THEN
    INSERT INTO transfer (ref, leg, debit_id, credit_id, code, amount)
    SELECT t.ref, t.leg, t.debit, t.credit, t.code, t.amount
    FROM unnest(t_ref, t_leg, t_debit, t_credit, t_code, t_amount) t(ref, leg, debit, credit, code, amount);
    INSERT INTO credit_delta (account_id, amount) SELECT t.id, sum(t.amount) FROM unnest(t_credit, t_amount) t(id, amount) GROUP BY 1;
    UPDATE account a SET debits_pending = a.debits_pending - l.pending, debits_posted = a.debits_posted + l.debits,
      spent = a.credits_posted = a.debits_posted + l.debits AND a.debits_pending = l.pending
    FROM unnest(v_lot, v_pending, v_debits) l(id, pending, debits) WHERE a.id = l.id AND l.pending > 0;
    INSERT INTO entry (purse_id, seq, ref, code, change, balance)
    SELECT e.purse, e.seq, e.ref, p_code, -e.captured, e.balance
    FROM unnest(e_purse, e_seq, e_ref, e_captured, e_balance) e(purse, seq, ref, captured, balance);
    UPDATE purse p SET balance = n.balance, entries = n.entries
    FROM unnest(v_purse, v_balance, v_entries) n(id, balance, entries) WHERE p.id = n.id AND p.entries < n.entries;
  END IF;

  FOR i IN 1 .. cardinality(p_id) LOOP
    CONTINUE WHEN v_status[i] IS NOT NULL;
    SELECT h.state, h.captured INTO d FROM hold h WHERE h.id = p_id[i];
    v_status[i] := CASE WHEN d.state = 'captured' AND d.captured = v_total[i] THEN 'replay' WHEN d.state IN ('open', 'captured') THEN 'conflict' ELSE 'ended' END;
  END LOOP;
  RETURN v_status;
END $$;

-- Lets holds go; the statements show it. 'replay' when one was let go before, 'ended' when it was captured or there is none.
CREATE FUNCTION ledger.release_set(p_id uuid[], p_state ledger.hold_state DEFAULT 'released')
RETURNS TABLE (id uuid, status ledger.call_status) LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
#variable_conflict use_column
BEGIN
  IF p_state NOT IN ('released', 'expired') THEN RAISE EXCEPTION 'a hold ends released or expired' USING ERRCODE = 'LG001'; END IF;
  PERFORM 1 FROM account a WHERE a.id = ANY (ARRAY(SELECT unnest(h.lots) FROM hold h WHERE h.id = ANY (p_id))) ORDER BY a.id FOR NO KEY UPDATE;
  PERFORM 1 FROM purse p WHERE p.id = ANY (ARRAY(SELECT h.purse_id FROM hold h WHERE h.id = ANY (p_id))) ORDER BY p.id FOR NO KEY UPDATE;
  RETURN QUERY
  WITH done AS (
    UPDATE hold h SET state = p_state, ended_at = now() WHERE h.id = ANY (p_id) AND h.state = 'open'
    RETURNING h.id, h.purse_id, h.amount, h.lots, h.amounts),
  upd AS (
    UPDATE account a SET debits_pending = a.debits_pending - s.amount
    FROM (SELECT x.lot, sum(x.amount)::bigint AS amount FROM done d, unnest(d.lots, d.amounts) x(lot, amount) GROUP BY 1) s
    WHERE a.id = s.lot RETURNING 1),
  line AS MATERIALIZED (SELECT d.id, d.purse_id, d.amount, row_number() OVER (PARTITION BY d.purse_id ORDER BY d.id) AS n FROM done d),
  ent AS (
    INSERT INTO entry (purse_id, seq, ref, code, change, held, balance)
    SELECT l.purse_id, p.entries + l.n, l.id, p_state::text::entry_code, 0, l.amount, p.balance
    FROM line l JOIN purse p ON p.id = l.purse_id RETURNING 1),
  pur AS (
    UPDATE purse p SET entries = p.entries + s.n FROM (SELECT l.purse_id, max(l.n) AS n FROM line l GROUP BY 1) s WHERE p.id = s.purse_id RETURNING 1)
  SELECT r.id, (CASE WHEN d.id IS NOT NULL THEN 'ok' WHEN h.state IN ('released', 'expired') THEN 'replay' ELSE 'ended' END)::call_status
  FROM (SELECT DISTINCT unnest(p_id) AS id) r LEFT JOIN done d ON d.id = r.id LEFT JOIN hold h ON h.id = r.id,
       (SELECT count(*) FROM upd) forced_upd, (SELECT count(*) FROM ent) forced_ent, (SELECT count(*) FROM pur) forced_pur;
END $$;

-- Puts off the end of an open hold to p_ttl from now, never to an earlier time. Returns whether it is open.
CREATE FUNCTION ledger.renew_hold(p_id uuid, p_ttl interval) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  UPDATE hold SET expires_at = now() + p_ttl WHERE id = p_id AND state = 'open' AND expires_at < now() + p_ttl;
  RETURN FOUND OR EXISTS (SELECT 1 FROM hold WHERE id = p_id AND state = 'open');
END $$;

-- The net beneath: lets go of holds that nobody ended in time. Returns how many.
CREATE FUNCTION ledger.expire_holds(p_limit int DEFAULT 500) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT count(*)::int FROM release_set(
    ARRAY(SELECT id FROM hold WHERE state = 'open' AND expires_at < now() ORDER BY expires_at LIMIT p_limit), 'expired') WHERE status = 'ok'
$$;

-- Adds the deltas of a stream account to its row. Returns the sum added.
CREATE FUNCTION ledger.roll_up(p_account bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE s bigint;
BEGIN
  PERFORM 1 FROM account WHERE id = p_account AND stream FOR NO KEY UPDATE;
  WITH d AS (DELETE FROM credit_delta WHERE account_id = p_account RETURNING amount) SELECT coalesce(sum(amount), 0)::bigint INTO s FROM d;
  IF s > 0 THEN UPDATE account SET credits_posted = credits_posted + s WHERE id = p_account; END IF;
  RETURN s;
END $$;

-- The same for all streams.
CREATE FUNCTION ledger.roll_up_streams() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE v_ids bigint[] := ARRAY(SELECT DISTINCT account_id FROM credit_delta);
BEGIN
  PERFORM 1 FROM account WHERE id = ANY (v_ids) ORDER BY id FOR NO KEY UPDATE;
  WITH d AS (DELETE FROM credit_delta WHERE account_id = ANY (v_ids) RETURNING account_id, amount)
  UPDATE account a SET credits_posted = a.credits_posted + s.amount
  FROM (SELECT account_id, sum(amount)::bigint AS amount FROM d GROUP BY 1) s WHERE a.id = s.account_id;
END $$;

-- Writes the statement line of a change to a lot, and moves the purse's balance. The purse's row is locked by this.
CREATE FUNCTION ledger.write_entry(p_purse bigint, p_about uuid, p_code ledger.transfer_code, p_change bigint) RETURNS void
LANGUAGE plpgsql SET search_path = ledger, pg_temp AS $$
DECLARE p record;
BEGIN
  UPDATE purse SET balance = balance + p_change, entries = entries + 1 WHERE id = p_purse RETURNING balance, entries INTO p;
  INSERT INTO entry (purse_id, seq, ref, code, change, balance) VALUES (p_purse, p.entries, p_about, p_code::text::entry_code, p_change, p.balance);
END $$;

-- One transfer outside a hold (a purchase, a refund, a correction). Idempotent by (ref, leg). p_about: what the statement's line names.
CREATE FUNCTION ledger.post(
  p_ref uuid, p_leg int, p_debit bigint, p_credit bigint, p_amount bigint, p_code ledger.transfer_code, p_about uuid DEFAULT NULL)
RETURNS ledger.call_status LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE d account%ROWTYPE; c account%ROWTYPE; t record;
BEGIN
  IF p_amount IS NULL OR p_amount <= 0 THEN RAISE EXCEPTION 'amounts are above zero' USING ERRCODE = 'LG001'; END IF;
  SELECT * INTO c FROM account WHERE id = p_credit;
  SELECT * INTO d FROM account WHERE id = p_debit;
  IF c.id IS NULL OR d.id IS NULL THEN RAISE EXCEPTION 'no such account' USING ERRCODE = 'LG002'; END IF;
  IF c.asset <> d.asset OR c.purse_id = d.purse_id THEN RAISE EXCEPTION 'not between these accounts' USING ERRCODE = 'LG003'; END IF;
  PERFORM 1 FROM account WHERE id = p_debit OR (id = p_credit AND NOT c.stream) ORDER BY id FOR NO KEY UPDATE;
  IF d.stream THEN PERFORM roll_up(p_debit); END IF;
  SELECT debit_id, credit_id, amount, code INTO t FROM transfer WHERE ref = p_ref AND leg = p_leg;
  IF FOUND THEN
    RETURN CASE WHEN (t.debit_id, t.credit_id, t.amount, t.code) = (p_debit, p_credit, p_amount, p_code) THEN 'replay' ELSE 'conflict' END;
  END IF;
  UPDATE account SET debits_posted = debits_posted + p_amount,
      spent = purse_id IS NOT NULL AND credits_posted = debits_posted + p_amount AND debits_pending = 0
   WHERE id = p_debit AND (NOT guard OR credits_posted - debits_posted - debits_pending >= p_amount);
  IF NOT FOUND THEN RETURN 'insufficient'; END IF;
  INSERT INTO transfer (ref, leg, debit_id, credit_id, code, amount) VALUES (p_ref, p_leg, p_debit, p_credit, p_code, p_amount);
  IF c.stream THEN INSERT INTO credit_delta VALUES (p_credit, p_amount);
  ELSE UPDATE account SET credits_posted = credits_posted + p_amount, spent = false WHERE id = p_credit; END IF;
  IF d.purse_id IS NOT NULL THEN PERFORM write_entry(d.purse_id, coalesce(p_about, p_ref), p_code, -p_amount); END IF;
  IF c.purse_id IS NOT NULL THEN PERFORM write_entry(c.purse_id, coalesce(p_about, p_ref), p_code, p_amount); END IF;
  RETURN 'ok';
END $$;

-- Opens a period of a pass and gives it its runs, up to p_total in all: more where its terms have grown, never less. Once, whoever asks and
-- however many at a time; where there is nothing to give it takes no lock.
CREATE FUNCTION ledger.open_period(p_pass text, p_period text, p_total bigint, p_ends_at timestamptz, p_ref uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE v_lot bigint := open_account('pass_runs', p_pass, p_period, 3::smallint, p_ends_at); v_house bigint; v_granted bigint; v_legs int;
BEGIN
  LOOP
    SELECT coalesce(sum(amount), 0), count(*) INTO v_granted, v_legs FROM transfer WHERE credit_id = v_lot AND code = 'included';
    IF v_granted >= p_total THEN RETURN; END IF;
    EXIT WHEN v_house IS NOT NULL;
    v_house := open_account('runs_granted', 'house', '', 3::smallint);
    PERFORM lock_accounts(ARRAY[v_house, v_lot]);  -- and then look again
  END LOOP;
  IF post(p_ref, v_legs, v_house, v_lot, p_total - v_granted, 'included') <> 'ok' THEN
    RAISE EXCEPTION 'period % of % cannot be given its runs', p_period, p_pass USING ERRCODE = 'LG001';
  END IF;
END $$;

-- Sends what is left of expired lots back to where it came from: bonus credits, and runs of a period that is over. What open holds have of
-- them waits for those to end.
CREATE FUNCTION ledger.expire_lots(p_limit int DEFAULT 500) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  n int := 0; v_lots bigint[]; v_lot record;
  v_promotion bigint := open_account('promotion', 'house'); v_granted bigint := open_account('runs_granted', 'house', '', 3::smallint);
BEGIN
  v_lots := ARRAY(SELECT id FROM account WHERE expires_at IS NOT NULL AND NOT spent AND expires_at <= now()
                  AND credits_posted - debits_posted - debits_pending > 0 ORDER BY expires_at LIMIT p_limit);
  PERFORM 1 FROM account WHERE id = ANY (v_lots || v_promotion || v_granted) ORDER BY id FOR NO KEY UPDATE;
  PERFORM 1 FROM purse p WHERE p.id IN (SELECT purse_id FROM account WHERE id = ANY (v_lots)) ORDER BY p.id FOR NO KEY UPDATE;
  FOR v_lot IN SELECT id, kind, credits_posted - debits_posted - debits_pending AS free FROM account WHERE id = ANY (v_lots) LOOP
    CONTINUE WHEN v_lot.free = 0;
    IF v_lot.kind = 'pass_runs' THEN PERFORM post(gen_random_uuid(), 0, v_lot.id, v_granted, v_lot.free, 'included_expired');
    ELSE PERFORM post(gen_random_uuid(), 0, v_lot.id, v_promotion, v_lot.free, 'bonus_expired');
    END IF;
    n := n + 1;
  END LOOP;
  RETURN n;
END $$;

-- Locks a purse's unspent lots of these kinds, and the lot that p_first names, together with other accounts the caller will move, in id
-- order, and says what is free in each lot: p_first's first, then the oldest. The transfers that follow then cannot be in each other's way.
CREATE FUNCTION ledger.lock_lots(p_purse bigint, p_first text, p_kinds ledger.account_kind[], p_others bigint[]) RETURNS TABLE (id bigint, free bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
#variable_conflict use_column
DECLARE v_lots bigint[];
BEGIN
  SELECT array_agg(x.id) INTO v_lots FROM (
    SELECT a.id FROM account a WHERE a.id = ANY (ARRAY(
      SELECT l.id FROM account l WHERE l.purse_id = p_purse AND NOT l.spent AND (l.kind = ANY (p_kinds) OR l.sub = p_first)
      UNION SELECT unnest(p_others)))
    AND NOT a.stream ORDER BY a.id FOR NO KEY UPDATE) x;
  PERFORM 1 FROM purse p WHERE p.id = p_purse FOR NO KEY UPDATE;
  RETURN QUERY SELECT a.id, a.credits_posted - a.debits_posted - a.debits_pending FROM account a
    WHERE a.id = ANY (v_lots) AND a.purse_id = p_purse ORDER BY a.sub IS DISTINCT FROM p_first, a.id;
END $$;

-- Locks accounts in id order, so that what the caller reads of them stays true until its transaction ends, and so that the transfers
-- it posts next cannot be in each other's way. A stream's row stands for what is taken from it: what comes in is not held up by this.
CREATE FUNCTION ledger.lock_accounts(p_ids bigint[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT FROM account WHERE id = ANY (p_ids) ORDER BY id FOR NO KEY UPDATE
$$;

-- The same for what some collectors have: their unspent lots and debts with other accounts, then their purses. A transaction that writes
-- several statements would else take purses in an order of its own, and a capture takes them by id.
CREATE FUNCTION ledger.lock_collectors(p_owners text[], p_others bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT FROM account WHERE id = ANY (ARRAY(
    SELECT a.id FROM purse p JOIN account a ON a.purse_id = p.id AND NOT a.spent WHERE p.asset = 1 AND p.owner = ANY (p_owners)
    UNION SELECT a.id FROM account a WHERE a.asset = 1 AND a.kind = 'collector_debt' AND a.owner = ANY (p_owners)
    UNION SELECT unnest(p_others))) ORDER BY id FOR NO KEY UPDATE;
  SELECT FROM purse WHERE asset = 1 AND owner = ANY (p_owners) ORDER BY id FOR NO KEY UPDATE;
$$;

CREATE FUNCTION ledger.set_freeze(p_purse bigint, p_ref uuid, p_on boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  IF p_on THEN INSERT INTO spending_stop (purse_id, ref) VALUES (p_purse, p_ref) ON CONFLICT DO NOTHING;
  ELSE DELETE FROM spending_stop WHERE purse_id = p_purse AND ref = p_ref; END IF;
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
    FROM ledger.account a LEFT JOIN (
      SELECT x.lot, sum(x.amount) s FROM ledger.hold h, unnest(h.lots, h.amounts) x(lot, amount) WHERE h.state = 'open' GROUP BY 1) h ON h.lot = a.id
    WHERE a.debits_pending <> coalesce(h.s, 0)
  UNION ALL
  SELECT 'hold', h.id::text, h.captured, coalesce(t.s, 0)
    FROM ledger.hold h LEFT JOIN (SELECT ref, sum(amount) s FROM ledger.transfer GROUP BY 1) t ON t.ref = h.id WHERE h.captured <> coalesce(t.s, 0)
  UNION ALL
  SELECT 'hold legs', h.id::text, h.amount, (SELECT sum(x) FROM unnest(h.amounts) x)
    FROM ledger.hold h WHERE h.amount <> (SELECT sum(x) FROM unnest(h.amounts) x)
  UNION ALL
  SELECT 'overdraft', a.id::text, a.credits_posted - a.debits_posted - a.debits_pending, 0
    FROM ledger.account a WHERE a.guard AND NOT a.stream AND a.credits_posted - a.debits_posted - a.debits_pending < 0
  UNION ALL
  SELECT 'spent', a.id::text, a.credits_posted - a.debits_posted, 0
    FROM ledger.account a WHERE a.spent AND (a.purse_id IS NULL OR a.credits_posted <> a.debits_posted OR a.debits_pending > 0)
  UNION ALL
  SELECT 'purse', p.id::text, p.balance, coalesce(l.s, 0)
    FROM ledger.purse p LEFT JOIN (SELECT purse_id, sum(credits_posted - debits_posted) s FROM ledger.account GROUP BY 1) l ON l.purse_id = p.id
    WHERE p.balance <> coalesce(l.s, 0)
  UNION ALL
  SELECT 'entries', p.id::text, p.balance, coalesce(e.s, 0)
    FROM ledger.purse p LEFT JOIN (SELECT purse_id, sum(change) s, count(*) n, max(seq) last FROM ledger.entry GROUP BY 1) e ON e.purse_id = p.id
    WHERE p.balance <> coalesce(e.s, 0) OR p.entries <> coalesce(e.n, 0) OR p.entries <> coalesce(e.last, 0)
  UNION ALL
  SELECT 'running balance', e.purse_id || '/' || e.seq, e.balance, e.want
    FROM (SELECT *, sum(change) OVER (PARTITION BY purse_id ORDER BY seq) AS want FROM ledger.entry) e WHERE e.balance <> e.want
  UNION ALL
  SELECT 'no account', t.ref || '/' || t.leg, t.debit_id, t.credit_id
    FROM ledger.transfer t LEFT JOIN ledger.account d ON d.id = t.debit_id LEFT JOIN ledger.account c ON c.id = t.credit_id
    WHERE d.id IS NULL OR c.id IS NULL OR d.asset <> c.asset
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
    REVOKE EXECUTE ON FUNCTION ledger.write_entry FROM intaglio_app;
  END IF;
END $$;
