-- Counters of the rate limits that hold over all web processes (lib/auth/rate-limit.ts). The column names are the library's.
-- Unlogged: cheap to write, and a crash that empties it costs nothing but a fresh minute.
CREATE UNLOGGED TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,
    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");
