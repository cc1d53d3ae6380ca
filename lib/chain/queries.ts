import 'server-only';
import type { Database } from '@/lib/db';

/** The newest block the indexer has applied, or null before its first. */
export async function indexedHead(db: Database, chainId: number): Promise<{ number: bigint; at: Date } | null> {
  return db.prisma.chainBlock.findFirst({ where: { chainId }, orderBy: { number: 'desc' }, select: { number: true, at: true } });
}
