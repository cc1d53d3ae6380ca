import 'server-only';
import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { textContent } from '@/lib/protocol/content';
import { isExact } from '@/lib/provenance/is-exact';
import { lookUp } from '@/lib/provenance/look-up';
import type { LookUp } from '@/lib/provenance/look-up-input';
import type { BeforeOpening } from '@/lib/provenance/opening-points';
import type { VerifyReport } from '@/lib/provenance/schema';
import { MAX_UPLOAD_BYTES, verifyFile } from '@/lib/provenance/verify-file';
import { verifyReceipt } from '@/lib/provenance/verify-receipt';
import { kindOfFile, NO_RECORD, NO_SUCH_TEXT, readJson } from './file-kind';
import { looksOf } from './looks';
import { findAlike } from './queries';
import type { Answer, Resemblance } from './schema';

const answer = (asked: Answer['asked'], report: VerifyReport, resembles: Resemblance[] = []): Answer => ({ api: 1, asked, ...report, resembles });

/** From what a stranger knows of a work to the work. Throws `invalid_input`. */
export async function findWork(db: Database, asked: LookUp, beforeOpening?: BeforeOpening): Promise<Answer> {
  return answer(asked.kind, await lookUp(db, asked, beforeOpening));
}

/** From a file to its work: exactly first, and else by its looks. Throws `unsupported_file`, `too_large`, `invalid_input`. */
export async function findByFile(db: Database, bytes: Uint8Array, beforeOpening?: BeforeOpening): Promise<Answer> {
  if (bytes.length > MAX_UPLOAD_BYTES) throw new AppError('too_large', { details: { maxBytes: MAX_UPLOAD_BYTES } });
  const kind = kindOfFile(bytes);
  if (kind.is === 'nothing') throw new AppError('unsupported_file');
  if (kind.is === 'text') return findByText(db, kind.text, beforeOpening);
  await beforeOpening?.(bytes);
  return kind.is === 'png' ? findByPng(db, bytes) : findByPicture(db, bytes);
}

async function findByPng(db: Database, bytes: Uint8Array): Promise<Answer> {
  const report = await verifyFile(db, bytes);
  if (isExact(report)) return answer('file', report);
  const looks = await looksOf(bytes);
  // A damaged picture has no pixels to look for; what is wrong with it, the check of the file says.
  return answer('file', report, 'problem' in looks ? [] : await findAlike(db, looks.likeness));
}

/** A copy that was stored in another form may still have the same pixels. */
async function findByPicture(db: Database, bytes: Uint8Array): Promise<Answer> {
  const looks = await looksOf(bytes);
  if ('problem' in looks) throw new AppError('unsupported_file', { cause: new Error(looks.problem) });
  const report = await byContent(db, looks.content);
  return answer('file', report, isExact(report) ? [] : await findAlike(db, looks.likeness));
}

/** The file of a receipt, or a text: of that only the letters count, every one. */
async function findByText(db: Database, text: string, beforeOpening?: BeforeOpening): Promise<Answer> {
  const json = readJson(text);
  if (json) return answer('receipt', await verifyReceipt(db, json));
  const report = await lookUp(db, { kind: 'content', digest: textContent(text) }, beforeOpening);
  return answer('file', report.rows.length > 0 ? report : { ...report, summary: NO_SUCH_TEXT });
}

async function byContent(db: Database, content: Hex): Promise<VerifyReport> {
  const { work, tokens } = await lookUp(db, { kind: 'content', digest: content });
  const isKnown = work !== null || tokens.length > 0;
  const summary = isKnown ? `${NO_RECORD} Its pixels are those of a work all the same.` : NO_RECORD;
  return { verdict: 'unknown', summary, rows: [], text: null, work, tokens };
}
