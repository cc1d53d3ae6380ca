import type { LinkId, Verdict, VerifyRow } from './schema';

/** Without these nothing is proven; the rest is about a token, which not every work has, or is somebody's to add. */
const NEEDED: LinkId[] = ['file', 'record', 'content', 'params', 'signature', 'version', 'factory', 'creator'];

const titles = (rows: VerifyRow[]) => rows.map(({ checked }) => checked).join('; ');

/** Verdict and one sentence over the rows. `isOurs`: the file carries a record, readable or damaged. */
export function summarise(rows: VerifyRow[], isOurs: boolean): { verdict: Verdict; summary: string } {
  if (!isOurs) return { verdict: 'unknown', summary: 'This file carries no record of ours, so there is nothing to check it against.' };
  const broken = rows.filter((row) => row.result === 'failed');
  if (broken.length > 0) return { verdict: 'broken', summary: `This does not hold: ${titles(broken)}.` };
  const holds = (id: LinkId) => rows.some((row) => row.id === id && row.result === 'ok');
  // A later record of a token: that it is one of the token's is shown by the records up to the newest.
  const needed = holds('owner') && !holds('minted') ? [...NEEDED, 'evolution'] : NEEDED;
  const open = rows.filter((row) => needed.includes(row.id) && row.result !== 'ok');
  if (open.length > 0) return { verdict: 'unknown', summary: `This could not be checked: ${titles(open)}.` };
  // Of a text the card is for looking at: what was signed is the text in the record.
  const what = rows.some((row) => row.id === 'card') ? 'the text in this file' : 'the pixels of this file';
  return { verdict: 'verified', summary: `Every link holds, from ${what} to ${endOf(holds)}` };
}

function endOf(holds: (id: LinkId) => boolean): string {
  if (!holds('owner')) return 'the key of the model version that made it. It is not minted.';
  // A drop stands for receipts: its tokens do not name the bytes of a file.
  if (holds('batch') && !holds('image')) return 'its place in the drop, which is a token. That the token shows this very file was not checked.';
  return 'its token.';
}
