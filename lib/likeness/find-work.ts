import 'server-only';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { decodeRaster } from '@/lib/inference/check-output';
import { rasterContent, textContent } from '@/lib/protocol/content';
import { isExact } from '@/lib/provenance/is-exact';
import { lookUp } from '@/lib/provenance/look-up';
import type { LookUp } from '@/lib/provenance/look-up-input';
import type { VerifyReport } from '@/lib/provenance/schema';
import { MAX_UPLOAD_BYTES, verifyFile } from '@/lib/provenance/verify-file';
import { verifyReceipt } from '@/lib/provenance/verify-receipt';
import { kindOfFile, NO_RECORD, NO_SUCH_TEXT, readJson } from './file-kind';
import { findAlike } from './queries';
import { readLikeness } from './read-likeness';
import type { Answer, Resemblance } from './schema';
import type { Pixels } from './shrink';

const answer = (asked: Answer['asked'], report: VerifyReport, resembles: Resemblance[] = []): Answer => ({ api: 1, asked, ...report, resembles });

/** From what a stranger knows of a work to the work. Throws `invalid_input`. */
export async function findWork(db: Database, asked: LookUp): Promise<Answer> {
  return answer(asked.kind, await lookUp(db, asked));
}

/** From a file to its work: exactly first, and else by its looks. Throws `unsupported_file`, `too_large`, `invalid_input`. */
export async function findByFile(db: Database, bytes: Uint8Array): Promise<Answer> {
  if (bytes.length > MAX_UPLOAD_BYTES) throw new AppError('too_large', { details: { maxBytes: MAX_UPLOAD_BYTES } });
  const kind = kindOfFile(bytes);
  if (kind.is === 'nothing') throw new AppError('unsupported_file');
  if (kind.is === 'text') return findByText(db, kind.text);
  const pixels = await pixelsOf(bytes);
  if (kind.is === 'picture' && !pixels) throw new AppError('unsupported_file');
  const report = kind.is === 'picture' && pixels ? await byPixels(db, pixels) : await verifyFile(db, bytes);
  return answer('file', report, isExact(report) || !pixels ? [] : await findAlike(db, readLikeness(pixels)));
}

/** The file of a receipt, or a text: of that only the letters count, every one. */
async function findByText(db: Database, text: string): Promise<Answer> {
  const json = readJson(text);
  if (json) return answer('receipt', await verifyReceipt(db, json));
  const report = await lookUp(db, { kind: 'content', digest: textContent(text) });
  return answer('file', report.rows.length > 0 ? report : { ...report, summary: NO_SUCH_TEXT });
}

/** A copy that was stored in another form may still have the same pixels. */
async function byPixels(db: Database, pixels: Pixels): Promise<VerifyReport> {
  const { work, tokens } = await lookUp(db, { kind: 'content', digest: rasterContent(pixels) });
  const isKnown = work !== null || tokens.length > 0;
  const summary = isKnown ? `${NO_RECORD} Its pixels are those of a work all the same.` : NO_RECORD;
  return { verdict: 'unknown', summary, rows: [], text: null, work, tokens };
}

/** A damaged picture has no pixels to look for; what is wrong with it, the check of the file says. */
async function pixelsOf(bytes: Uint8Array): Promise<Pixels | null> {
  try {
    return await decodeRaster(bytes);
  } catch (error) {
    if (error instanceof AppError && error.code === 'output_invalid') return null;
    throw error;
  }
}
