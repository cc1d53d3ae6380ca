-- What an operator has to know and to answer for. Written in the transaction of whatever happened; never deleted.
CREATE TABLE "operator_alert" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" UUID,
    CONSTRAINT "operator_alert_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "operator_alert_acknowledged" CHECK (("acknowledged_at" IS NULL) = ("acknowledged_by" IS NULL))
);
CREATE UNIQUE INDEX "operator_alert_key_key" ON "operator_alert"("key");
CREATE INDEX "operator_alert_acknowledged_at_created_at_idx" ON "operator_alert"("acknowledged_at", "created_at");
ALTER TABLE "operator_alert" ADD CONSTRAINT "operator_alert_acknowledged_by_fkey" FOREIGN KEY ("acknowledged_by") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
