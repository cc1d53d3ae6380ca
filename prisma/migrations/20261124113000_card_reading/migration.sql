-- What Stripe said when it was last looked at: the same again needs no transaction.
ALTER TABLE "card_purchase" ADD COLUMN "reading" TEXT;
