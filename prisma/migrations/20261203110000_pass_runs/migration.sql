-- CreateEnum
CREATE TYPE "pass_freeze_reason" AS ENUM ('refund', 'listed');

-- CreateTable
CREATE TABLE "pass_freeze" (
    "pass_id" TEXT NOT NULL,
    "why" "pass_freeze_reason" NOT NULL,
    "until" TIMESTAMPTZ(3),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pass_freeze_pkey" PRIMARY KEY ("pass_id","why")
);
