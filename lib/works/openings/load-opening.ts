import 'server-only';
import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import type { OpeningFile } from '@/lib/protocol/opening-file';
import { promptHash } from '@/lib/protocol/prompt';
import { IS_PUBLIC, IS_TAKEN_DOWN } from '../queries';

export type LoadedOpening = {
  holderId: string;
  /** Everyone may see the work. */
  isPublic: boolean;
  isTakenDown: boolean;
  revealedAt: Date | null;
  promptHash: string;
  /** Null where the work was taken down, and where what is kept does not open the receipt: it was deleted, or is not what was signed. */
  file: OpeningFile | null;
};

type Row = {
  holder: string;
  public: boolean;
  taken_down: boolean;
  revealed_at: Date | null;
  prompt: string;
  salt: Hex;
  prompt_hash: string;
  receipt: string;
};

/** The opening of a work's prompt, with what decides who may see it. Null where there is no such work. Asks nobody's permission: callers do. */
export async function loadOpening({ pool }: Pick<Database, 'pool'>, workId: string): Promise<LoadedOpening | null> {
  const { rows } = await pool.query<Row>(
    `SELECT g.user_id AS holder, ${IS_PUBLIC} AS public, ${IS_TAKEN_DOWN} AS taken_down, r.revealed_at, g.prompt, g.prompt_salt AS salt, g.prompt_hash,
            w.receipt_digest AS receipt
     FROM work w JOIN generation g ON g.id = w.id LEFT JOIN opening_reveal r ON r.work_id = w.id WHERE w.id = $1`,
    [workId],
  );
  const [row] = rows;
  if (!row) return null;
  return {
    holderId: row.holder,
    isPublic: row.public,
    isTakenDown: row.taken_down,
    revealedAt: row.revealed_at,
    promptHash: row.prompt_hash,
    file:
      !row.taken_down && opens(row)
        ? { type: 'intaglio-prompt-opening', v: 1, salt: row.salt, prompt: row.prompt, promptHash: row.prompt_hash, receipt: row.receipt }
        : null,
  };
}

/** Nothing is handed out as an opening that is none. */
function opens({ salt, prompt, prompt_hash }: Row): boolean {
  return /^0x[0-9a-f]{32}$/.test(salt) && promptHash({ salt, prompt }) === prompt_hash;
}
