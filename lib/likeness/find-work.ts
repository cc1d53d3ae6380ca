import 'server-only';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { decodeRaster } from '@/lib/inference/check-output';
import { rasterContent, textContent } from '@/lib/protocol/content';
import { PNG_SIGNATURE } from '@/lib/protocol/png-chunks';
import { lookUp } from '@/lib/provenance/look-up';
import type { LookUp } from '@/lib/provenance/look-up-input';
import type { VerifyReport } from '@/lib/provenance/schema';
import { MAX_UPLOAD_BYTES, verifyFile } from '@/lib/provenance/verify-file';
import { verifyReceipt } from '@/lib/provenance/verify-receipt';
import { findAlike } from './queries';
import type { Pixels } from './read-likeness';
import type { Answer, Resemblance } from './schema';

const MAX_TEXT_BYTES = 256 * 1024;
const NO_RECORD = 'This file carries no record: it is not the PNG as it was downloaded.';

/** From whatever a stranger has to the work it belongs to: exactly first, and else by its looks. Throws `unsupported_file`, `too_large`, `invalid_input`. */
export async function findWork(db: Database, asked: LookUp | { kind: 'file'; bytes: Uint8Array }): Promise<Answer> {
  if (asked.kind === 'file') return findByFile(db, asked.bytes);
  return answer(asked.kind, await lookUp(db, asked));
}

async function findByFile(db: Database, bytes: Uint8Array): Promise<Answer> {
  if (bytes.length > MAX_UPLOAD_BYTES) throw new AppError('too_large', { details: { maxBytes: MAX_UPLOAD_BYTES } });
  const kind = kindOf(bytes);
  if (kind === 'text') return findByText(db, bytes);
  const [raster, checked] = await Promise.all([pixelsOf(bytes), kind === 'png' ? verifyFile(db, bytes) : null]);
  if (!raster && !checked) throw new AppError('unsupported_file');
  const report = checked ?? (raster ? await byPixels(db, raster) : null);
  if (!report) throw new AppError('unsupported_file');
  const isExact = report.verdict === 'verified' || (report.verdict !== 'broken' && (report.work !== null || report.tokens.length > 0));
  return answer('file', report, isExact || !raster ? [] : await findAlike(db, raster));
}

/** The file of a receipt, or a text: of that only the letters count, every one. */
async function findByText(db: Database, bytes: Uint8Array): Promise<Answer> {
  const text = decodeText(bytes);
  const json = text.trimStart().startsWith('{') ? parseJson(text) : null;
  if (json) return answer('receipt', await verifyReceipt(db, json));
  const report = await lookUp(db, { kind: 'content', digest: textContent(text) });
  return answer(
    'file',
    report.rows.length > 0 ? report : { ...report, summary: 'No public work has exactly this text. One other letter makes it another.' },
  );
}

/** A copy that was stored in another form may still have the same pixels. */
async function byPixels(db: Database, raster: Pixels): Promise<VerifyReport> {
  const { work, tokens } = await lookUp(db, { kind: 'content', digest: rasterContent(raster) });
  const isKnown = work !== null || tokens.length > 0;
  const summary = isKnown ? `${NO_RECORD} Its pixels are those of a work all the same.` : NO_RECORD;
  return { verdict: 'unknown', summary, rows: [], text: null, work, tokens };
}

const answer = (asked: Answer['asked'], report: VerifyReport, resembles: Resemblance[] = []): Answer => ({ api: 1, asked, ...report, resembles });

function kindOf(bytes: Uint8Array): 'png' | 'other picture' | 'text' {
  const begins = (text: string, at = 0) => Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;
  if (PNG_SIGNATURE.every((byte, i) => bytes[i] === byte)) return 'png';
  if (begins('\xff\xd8\xff') || (begins('RIFF') && begins('WEBP', 8))) return 'other picture';
  if (bytes.length > MAX_TEXT_BYTES) throw new AppError('unsupported_file');
  return 'text';
}

function decodeText(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text.length > 0 && !text.includes('\0')) return text;
  } catch (cause) {
    throw new AppError('unsupported_file', { cause });
  }
  throw new AppError('unsupported_file');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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
