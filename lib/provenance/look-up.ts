import 'server-only';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { cidText, parseCid } from '@/lib/protocol/cid';
import { ProtocolError } from '@/lib/protocol/protocol-error';
import { storage } from '@/lib/storage/storage';
import type { LookUp } from './look-up-input';
import type { BeforeOpening } from './opening-points';
import { isTakenDown } from './public-work';
import { type Match, matchCid, matchContent, matchReceipt, matchToken } from './queries';
import type { VerifyReport } from './schema';
import { verifyFile } from './verify-file';
import { verifyReceipt } from './verify-receipt';
import { verifyToken } from './verify-token';

const nothing = {
  cid: 'No token whose image or metadata has this CID is known here.',
  receiptDigest: 'No public work with this receipt is known here.',
  content: 'No public work with this content is known here.',
  digest: 'No token has this number here, and no public work has this digest as its receipt or its content.',
};

/** From a number, a CID, a digest or a receipt to the work, and what holds of it. Throws `invalid_input` for what is none of these, and what `beforeOpening` throws. */
export async function lookUp(db: Database, asked: LookUp, beforeOpening?: BeforeOpening): Promise<VerifyReport> {
  if (asked.kind === 'receipt') return verifyReceipt(db, asked.json);
  const report = await reportOf(db, asked, beforeOpening);
  // Whoever has its file has its text; we do not hand out what was taken down.
  return report.work && (await isTakenDown(db.prisma, report.work.id)) ? { ...report, text: null } : report;
}

async function reportOf(db: Database, asked: Exclude<LookUp, { kind: 'receipt' }>, beforeOpening?: BeforeOpening): Promise<VerifyReport> {
  if (asked.kind === 'token') return verifyToken(db, asked, beforeOpening);
  const match = await matchOf(db, asked);
  if (match?.kind === 'token') return verifyToken(db, match, beforeOpening);
  if (match) {
    const file = await storage().get(match.sealedBlob);
    await beforeOpening?.(file);
    return verifyFile(db, file);
  }
  return { verdict: 'unknown', summary: nothing[asked.kind], rows: [], text: null, work: null, tokens: [] };
}

async function matchOf(db: Database, asked: Exclude<LookUp, { kind: 'receipt' | 'token' }>): Promise<Match | null> {
  switch (asked.kind) {
    case 'cid':
      return matchCid(db, canonical(asked.cid));
    case 'receiptDigest':
      return matchReceipt(db, asked.digest);
    case 'content':
      return matchContent(db, asked.digest);
    case 'digest':
      return (await matchToken(db, asked.digest)) ?? (await matchReceipt(db, asked.digest)) ?? (await matchContent(db, asked.digest));
  }
}

function canonical(cid: string): string {
  try {
    return cidText(parseCid(cid));
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new AppError('invalid_input', { message: 'That is not a CID as ours are: version 1, raw or dag-pb, with a sha-256.', cause: error });
  }
}
