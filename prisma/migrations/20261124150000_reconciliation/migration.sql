-- Reconciliation: each run, and each difference it found with when it was first and last seen. lib/reconciliation/README.md.
CREATE TYPE "reconciliation_trigger" AS ENUM ('schedule', 'operator', 'command');
CREATE TYPE "reconciliation_state" AS ENUM ('waiting', 'running', 'done', 'failed');
CREATE TYPE "finding_severity" AS ENUM ('difference', 'in_flight', 'note');

CREATE TABLE "reconciliation_run" (
    "id" UUID NOT NULL,
    "trigger" "reconciliation_trigger" NOT NULL,
    "requested_by" UUID,
    "state" "reconciliation_state" NOT NULL DEFAULT 'waiting',
    "current_check" TEXT,
    "outcomes" JSONB NOT NULL DEFAULT '[]',
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_run_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "reconciliation_run_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
-- One at a time: whoever asks while one is open gets that one.
CREATE UNIQUE INDEX "reconciliation_run_open" ON "reconciliation_run" ((true)) WHERE "state" IN ('waiting', 'running');
CREATE INDEX "reconciliation_run_created_at_idx" ON "reconciliation_run"("created_at");

CREATE TABLE "reconciliation_finding" (
    "id" UUID NOT NULL,
    "check" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "severity" "finding_severity" NOT NULL,
    "unit" TEXT,
    "expected" TEXT NOT NULL,
    "actual" TEXT NOT NULL,
    "difference" TEXT,
    "explanation" TEXT NOT NULL,
    "href" TEXT,
    "first_run_id" UUID NOT NULL,
    "last_run_id" UUID NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_finding_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "reconciliation_finding_first_run_id_fkey" FOREIGN KEY ("first_run_id") REFERENCES "reconciliation_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "reconciliation_finding_last_run_id_fkey" FOREIGN KEY ("last_run_id") REFERENCES "reconciliation_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
-- While it stands, a difference is one row; when it comes back after it was gone, it is another.
CREATE UNIQUE INDEX "reconciliation_finding_standing" ON "reconciliation_finding"("check", "kind", "subject") WHERE "resolved_at" IS NULL;
CREATE INDEX "reconciliation_finding_resolved_at_idx" ON "reconciliation_finding"("resolved_at");
