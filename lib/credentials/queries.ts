import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import type { CertificateDto } from './schema';

const SHOWN = 100;
const stepOf = (at: Date | null, by: { address: string } | null, because: string | null) =>
  at && { at: at.toISOString(), by: by?.address ?? null, because };

/** The house's own certificates for an operator, newest first. Made at first use, so that a new house has none. */
export async function listCertificates({ prisma }: Pick<Database, 'prisma'>, actor: Actor): Promise<CertificateDto[]> {
  requireOperator(actor);
  const person = { select: { address: true } } as const;
  const rows = await prisma.credentialCertificate.findMany({
    orderBy: { createdAt: 'desc' },
    take: SHOWN,
    select: {
      ...{ serial: true, role: true, createdAt: true, retiredAt: true, retiredBecause: true, revokedAt: true, revokedBecause: true },
      ...{ retirer: person, revoker: person },
    },
  });
  return rows.map((row) => ({
    serial: row.serial,
    role: row.role === 'root' ? 'root' : 'leaf',
    madeAt: row.createdAt.toISOString(),
    retired: stepOf(row.retiredAt, row.retirer, row.retiredBecause),
    revoked: stepOf(row.revokedAt, row.revoker, row.revokedBecause),
  }));
}
