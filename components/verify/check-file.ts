import { kindOfFile, NO_RECORD, NO_SUCH_TEXT, readJson } from '@/lib/likeness/file-kind';
import type { Resemblance } from '@/lib/likeness/schema';
import { isExact } from '@/lib/provenance/is-exact';
import type { VerifyReport } from '@/lib/provenance/schema';
import { lookUp } from './ask-server';
import type { Remake } from './check-here';

export type Checked = {
  report: VerifyReport;
  /** Works that a picture looks like, where nothing exact was found. Undefined: it was not looked for. */
  resembles?: Resemblance[];
  readCredentials?: () => Promise<VerifyReport>;
  /** How the work can be made again here, where its file says how it was made. */
  remake?: Remake | null;
};

const NOT_READ = 'We read pictures (PNG, JPEG, WebP), texts and receipts here.';
const noRecord: VerifyReport = { verdict: 'unknown', summary: NO_RECORD, rows: [], text: null, work: null, tokens: [] };

/** Checks a file in this browser, and where that finds nothing exact, looks for what it resembles. No file is sent. */
export async function checkFile(file: File): Promise<Checked> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = kindOfFile(bytes);
  if (kind.is === 'nothing') throw new Error(NOT_READ);
  if (kind.is === 'text') return checkText(kind.text);
  const checked: Checked = kind.is === 'png' ? await (await import('./check-here')).checkHere(bytes) : { report: noRecord };
  if (isExact(checked.report)) return checked;
  const { lookAlike } = await import('./look-alike');
  return { ...checked, resembles: await lookAlike(file) };
}

/** Of a text the digest is sent, of a receipt all of it. */
async function checkText(text: string): Promise<Checked> {
  const json = readJson(text);
  if (json) return { report: await lookUp({ kind: 'receipt', json }) };
  const { textContent } = await import('@/lib/protocol/content');
  const report = await lookUp({ kind: 'content', digest: textContent(text) });
  return { report: report.rows.length > 0 ? report : { ...report, summary: NO_SUCH_TEXT } };
}
