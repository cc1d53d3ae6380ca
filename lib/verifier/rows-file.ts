import type { Hex } from 'viem';
import { paramsHash } from '@/lib/protocol/params';
import { type PromptOpening, promptHash } from '@/lib/protocol/prompt';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { digestOf, type OpenedFile } from './open-file';
import { linksOf, type VerifyRow } from './schema';
import { compared, row } from './words';

const TEXT = { checked: 'The text is the one signed', ok: 'Not one letter of the text was changed since the run ended.' };
export const NO_RECORD = 'Nothing to check without a record.';

/** Everything that the file says without help. */
export function fileRows(opened: OpenedFile, content: Hex | null, asked: { opening?: PromptOpening; receipt?: Hex }): VerifyRow[] {
  const { record, damage, picture, recordProblem } = opened;
  // Of a text the letters are signed, not the pixels of its card.
  const problem = damage ?? (record?.kind !== 'text' && 'problem' in picture ? picture.problem : null);
  const file = problem ? row('file', 'failed', problem) : row('file', 'ok', sizeOf(picture));
  if (damage) return [file, row('record', 'not_checked', 'A damaged file says nothing that counts.'), ...withoutRecord()];
  if (!record) return [file, row('record', 'failed', recordProblem ?? ''), ...withoutRecord()];
  const { receipt } = record;
  const digest = digestOf(record);
  return [
    file,
    row('record', 'ok', `Chain ${record.chainId}, collection ${record.collection}.`),
    contentRow(record, content),
    compared('params', paramsHash(record.params), receipt.paramsHash),
    promptRow(record, asked.opening),
    asked.receipt ? compared('receipt', digest, asked.receipt) : row('receipt', 'ok', digest),
  ];
}

const withoutRecord = () => linksOf('record').map((id) => row(id, 'not_checked', NO_RECORD));

const sizeOf = (picture: OpenedFile['picture']) => ('width' in picture ? `${picture.width} × ${picture.height} pixels.` : 'No part is damaged.');

function contentRow({ text, receipt }: WorkRecord, content: Hex | null): VerifyRow {
  if (content === null) return row('content', 'not_checked', 'There are no pixels that could be hashed.');
  const found = compared('content', content, receipt.content);
  if (text === undefined) return found;
  const meaning = found.result === 'ok' ? TEXT.ok : 'This is not the text that the receipt is about.';
  return { ...found, checked: TEXT.checked, meaning };
}

/** A prompt is private: the receipt commits to it with a salted hash that only its holder can open. */
function promptRow({ receipt }: WorkRecord, opening?: PromptOpening): VerifyRow {
  if (opening) return compared('prompt', hashOf(opening), receipt.promptHash);
  const meaning = 'The prompt is private until its holder shows it. It cannot be exchanged for another afterwards.';
  return row('prompt', 'not_checked', `Commitment ${receipt.promptHash}.`, { meaning });
}

function hashOf(opening: PromptOpening): string {
  try {
    return promptHash(opening);
  } catch {
    return 'a salt that has not 16 bytes';
  }
}
