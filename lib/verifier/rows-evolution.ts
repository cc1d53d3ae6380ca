import type { Hex } from 'viem';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { readHead, readSteps } from './ask-token';
import type { ChainReader } from './chain-reader';
import type { VerifyRow } from './schema';
import type { TokenOfFile } from './token-of-file';
import { row } from './words';

type Question = { record: WorkRecord; token: TokenOfFile; steps: TokenOfFile[] };
type Step = Extract<TokenOfFile, { kind: 'step' }>;

/** Those of the steps at hand that follow one another from `metadata` on. */
function walkFrom(metadata: Hex, tokenId: Hex, steps: TokenOfFile[]): Step[] {
  const next = steps.find((step): step is Step => step.kind === 'step' && step.tokenId === tokenId && step.previous === metadata);
  if (!next) return [];
  const others = steps.filter((step) => step !== next);
  return [next, ...walkFrom(next.metadata, tokenId, others)];
}

/** Whether the token can change, whether it did, and whether this file stands in its chain of records. */
export async function evolutionRow(chain: ChainReader, { record, token, steps }: Question, owner: Hex | null): Promise<VerifyRow> {
  if (token.kind !== 'first' && token.kind !== 'step') return row('evolution', 'not_checked', 'The file names no token.');
  if (token.kind === 'first' && record.evolve === '0x') {
    return row('evolution', 'ok', 'Frozen.', { meaning: 'The token shows the same for ever: its first record allows no change.' });
  }
  if (!owner) return row('evolution', 'not_checked', 'There is no such token.');
  const { head, pin } = await readHead(chain, record.collection, token.tokenId);
  const pinned = pin ? ` Its holder shows ${pin}.` : '';
  if (token.kind === 'first' && head === token.tokenId) return row('evolution', 'ok', `No step yet.${pinned}`);
  const from = token.kind === 'step' ? [token, ...walkFrom(token.metadata, token.tokenId, steps)] : walkFrom(token.metadata, token.tokenId, steps);
  const last = from.at(-1);
  if (!last || last.metadata !== head) {
    const detail = `The newest record is ${head}. The files of the steps up to it were not given.${pinned}`;
    return row('evolution', 'not_checked', detail);
  }
  const previous = from[0]?.previous as Hex;
  const shown = from.map((step) => step.shown);
  const holds = await readSteps(chain, record.collection, token.tokenId, previous, shown);
  return row('evolution', holds ? 'ok' : 'failed', `${from.length} records up to the newest, ${head}.${pinned}`);
}
