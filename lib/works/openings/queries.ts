import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { OpeningFile } from '@/lib/protocol/opening-file';
import { type LoadedOpening, loadOpening } from './load-opening';
import type { OpeningDto, OpeningLinkDto } from './schema';

/** The one rule of who sees a prompt on its work's page: whoever started the run, and everyone who sees the work once it is revealed. */
function maySee(actor: Actor | null, { holderId, revealedAt, isPublic }: LoadedOpening): boolean {
  return actor?.userId === holderId || (revealedAt !== null && isPublic);
}

/** A work's prompt as its page shows it; null for whoever may not see it. */
export async function getOpening(db: Database, actor: Actor | null, workId: string): Promise<OpeningDto | null> {
  const found = await loadOpening(db, workId);
  if (!found || !maySee(actor, found)) return null;
  const mine = actor?.userId === found.holderId;
  if (!found.file && !mine) return null;
  return {
    opening: found.file && { prompt: found.file.prompt, salt: found.file.salt },
    promptHash: found.promptHash,
    mine,
    revealedAt: found.revealedAt?.toISOString() ?? null,
    links: mine ? await linksOf(db, workId) : [],
  };
}

/** The opening as a file, for whoever sees it on the page. Throws `not_found`, `opening_gone`. */
export async function readOpeningFile(db: Database, actor: Actor | null, workId: string): Promise<OpeningFile> {
  const found = await loadOpening(db, workId);
  if (!found || !maySee(actor, found)) throw new AppError('not_found');
  if (!found.file) throw new AppError('opening_gone');
  return found.file;
}

async function linksOf({ prisma }: Database, workId: string): Promise<OpeningLinkDto[]> {
  const links = await prisma.openingLink.findMany({ where: { workId }, orderBy: { madeAt: 'desc' }, take: 100 });
  return links.map((link) => ({
    id: link.id,
    address: link.address,
    madeAt: link.madeAt.toISOString(),
    expiresAt: link.expiresAt?.toISOString() ?? null,
    withdrawnAt: link.withdrawnAt?.toISOString() ?? null,
    openedAt: link.openedAt?.toISOString() ?? null,
    state: stateOf(link),
  }));
}

function stateOf({ openedAt, withdrawnAt, expiresAt }: { openedAt: Date | null; withdrawnAt: Date | null; expiresAt: Date | null }) {
  if (openedAt) return 'opened';
  if (withdrawnAt) return 'withdrawn';
  return expiresAt && expiresAt <= new Date() ? 'expired' : 'waiting';
}
