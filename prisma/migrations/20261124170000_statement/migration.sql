-- The statement and its receipts find a payment by the transfer that credited it.
CREATE INDEX deposit_transfer_ref_idx ON deposit (transfer_ref);
