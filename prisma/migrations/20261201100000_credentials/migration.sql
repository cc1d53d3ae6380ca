-- Certificates of Content Credentials: the house's own root and the leafs that sign files. A leaf that was replaced keeps its certificate
-- and loses its key.
CREATE TABLE "credential_certificate" (
  "id" UUID NOT NULL,
  "role" TEXT NOT NULL,
  "issuer_id" UUID,
  "serial" TEXT NOT NULL,
  "certificate" BYTEA NOT NULL,
  "kid" TEXT,
  "wrapped_key" BYTEA,
  "ciphertext" BYTEA,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "retired_at" TIMESTAMPTZ(3),
  "retired_by" UUID,
  "retired_because" TEXT,
  "revoked_at" TIMESTAMPTZ(3),
  "revoked_by" UUID,
  "revoked_because" TEXT,
  CONSTRAINT "credential_certificate_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "credential_certificate_role" CHECK (("role" = 'root' AND "issuer_id" IS NULL) OR ("role" = 'leaf' AND "issuer_id" IS NOT NULL)),
  CONSTRAINT "credential_certificate_key" CHECK (num_nonnulls("kid", "wrapped_key", "ciphertext") = CASE WHEN "retired_at" IS NULL THEN 3 ELSE 0 END),
  CONSTRAINT "credential_certificate_revoked" CHECK (num_nonnulls("revoked_at", "revoked_by", "revoked_because") IN (0, 3) AND ("revoked_at" IS NULL OR "retired_at" IS NOT NULL)),
  -- By age nobody retires it; an operator says why.
  CONSTRAINT "credential_certificate_retired" CHECK (("retired_by" IS NULL) = ("retired_because" IS NULL) AND ("retired_by" IS NULL OR "retired_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "credential_certificate_serial_key" ON "credential_certificate"("serial");
-- One root and one leaf at a time.
CREATE UNIQUE INDEX credential_certificate_current ON credential_certificate (role) WHERE retired_at IS NULL;
ALTER TABLE "credential_certificate" ADD CONSTRAINT "credential_certificate_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "credential_certificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credential_certificate" ADD CONSTRAINT "credential_certificate_retired_by_fkey" FOREIGN KEY ("retired_by") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "credential_certificate" ADD CONSTRAINT "credential_certificate_revoked_by_fkey" FOREIGN KEY ("revoked_by") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
