import type { VerifyReport, VerifyRow } from './schema';

/** Without these nothing is proven; the rest is about a token, which not every work has. */
const NEEDED: VerifyRow['link'][] = ['record', 'content', 'params', 'receipt', 'version'];

/** Verdict and one sentence over the rows. `hasRecord`: the file carries one, readable or damaged. */
export function summarise(rows: VerifyRow[], hasRecord: boolean): Pick<VerifyReport, 'verdict' | 'summary'> {
  const broken = rows.filter((row) => row.result === 'fail');
  if (!hasRecord) return { verdict: 'unknown', summary: 'This file carries no record of ours, so there is nothing to check it against.' };
  if (broken.length > 0) return { verdict: 'broken', summary: `This does not hold: ${broken.map((row) => row.title).join('; ')}.` };
  const open = rows.filter((row) => NEEDED.includes(row.link) && row.result !== 'pass');
  if (open.length > 0) return { verdict: 'unknown', summary: `This could not be checked: ${open.map((row) => row.title).join('; ')}.` };
  // Of a text the card is for looking at: what was signed is the text in the record.
  const what = rows.some((row) => row.link === 'card') ? 'the text in this file' : 'the pixels of this file';
  const isMinted = rows.some((row) => row.link === 'owner' && row.result === 'pass');
  const summary = isMinted
    ? `Every link holds, from ${what} to its token.`
    : `Every link holds, from ${what} to the key of the model version that made it. It names no token.`;
  return { verdict: 'verified', summary };
}
