-- What an IPFS node of this house is asked to keep.
CREATE TYPE "pin_kind" AS ENUM ('metadata', 'image', 'preview', 'manifest');
CREATE TYPE "pin_state" AS ENUM ('waiting', 'pinned', 'mismatched', 'unpinning', 'unpinned');
CREATE TABLE "pin" (
  "cid" TEXT NOT NULL,
  "kind" "pin_kind" NOT NULL,
  "state" "pin_state" NOT NULL DEFAULT 'waiting',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "error" TEXT,
  "look_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "trying_until" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "pinned_at" TIMESTAMPTZ(3),
  CONSTRAINT "pin_pkey" PRIMARY KEY ("cid"),
  CONSTRAINT "pin_pinned" CHECK (("state" = 'pinned') = ("pinned_at" IS NOT NULL))
);
CREATE INDEX "pin_state_look_at_idx" ON "pin"("state", "look_at");
-- Previews of minted tokens are public by CID.
CREATE INDEX "work_preview_large_idx" ON "work"("preview_large");
