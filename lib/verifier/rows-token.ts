import type { Hex } from 'viem';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { type CollectionFacts, reasonOf } from './ask-collection';
import { readAccepted, readBatch, readOwner } from './ask-token';
import type { ChainReader } from './chain-reader';
import { digestOf } from './open-file';
import { evolutionRow } from './rows-evolution';
import type { Expected, VerifyRow } from './schema';
import type { TokenOfFile } from './token-of-file';
import { compared, row } from './words';

export type TokenQuestion = {
  record: WorkRecord;
  token: TokenOfFile;
  /** CID of the file, as text. */
  image: string;
  facts: CollectionFacts;
  expected: Expected;
  /** Records of the same token's later steps, from files that were given. */
  steps: TokenOfFile[];
};

const IDS = ['minted', 'owner', 'evolution'] as const;

/** Which token the file belongs to, whether there is one, and whose it is. */
export async function tokenRows(chain: ChainReader | undefined, question: TokenQuestion): Promise<{ rows: VerifyRow[]; owner: Hex | null }> {
  const { record, token, facts, expected } = question;
  const named = tokenRow(record, token, expected);
  const tokenId = expected.tokenId ?? (token.kind === 'none' ? undefined : token.tokenId);
  const still = (why: string) => IDS.map((id) => row(id, 'not_checked', why));
  const without = (why: string) => ({ rows: [named, imageRow(question, null), ...batchRows(record, null), ...still(why)], owner: null });
  if (!chain || facts.state !== 'ours') return without('The collection was not asked.');
  if (!tokenId) return without('The file names no token.');
  try {
    const owner = await readOwner(chain, record.collection, tokenId);
    if (owner === null && !expected.tokenId) return without('Not minted, or burned.');
    if (token.kind === 'drop') return { ...(await dropRows(chain, question, named, owner)), owner };
    const accepted = await isAccepted(chain, question, tokenId);
    const minted = accepted === null ? row('minted', 'not_checked', 'A later record of the token: see how it may change.') : mintedRow(accepted);
    const rows = [named, imageRow(question, accepted), minted, ownerRow(owner), await evolutionRow(chain, question, owner)];
    return { rows, owner };
  } catch (error) {
    return without(`The collection gave no usable answer: ${reasonOf(error)}`);
  }
}

/**
 * Whether the chain itself took the record: it was minted, is of a drop that was committed, or is proven to be a step of its token. Each of these
 * needed a key that counted then.
 */
export function isFixedOnChain(token: TokenOfFile, rows: VerifyRow[]): boolean {
  const holds = (id: VerifyRow['id']) => rows.some((row) => row.id === id && row.result === 'ok');
  return holds('minted') || holds('batch') || (token.kind === 'step' && holds('evolution'));
}

async function isAccepted(chain: ChainReader, { record, token }: TokenQuestion, tokenId: Hex): Promise<boolean | null> {
  if (token.kind === 'step') return null;
  return token.kind === 'first' ? readAccepted(chain, record.collection, tokenId, token.shown) : false;
}

const mintedRow = (accepted: boolean) =>
  row(
    'minted',
    accepted ? 'ok' : 'failed',
    accepted ? 'verifyRecord answered true.' : 'verifyRecord answered false: no such token, or another record.',
  );

const ownerRow = (owner: Hex | null) => (owner ? row('owner', 'ok', `Owned by ${owner}.`) : row('owner', 'failed', 'The chain has no such token.'));

function tokenRow(record: WorkRecord, token: TokenOfFile, { tokenId, collection }: Expected): VerifyRow {
  if (collection && collection.toLowerCase() !== record.collection) return compared('token', record.collection, collection);
  if (token.kind === 'none') return row('token', token.refused || tokenId ? 'failed' : 'not_checked', token.why);
  return tokenId ? compared('token', token.tokenId, tokenId) : row('token', 'ok', `Token ${token.tokenId}.`);
}

/** A token's number is a digest over the file's CID, so a token that was minted with this record names this file. */
function imageRow({ image, expected }: TokenQuestion, accepted: boolean | null): VerifyRow {
  if (expected.image) return compared('image', image, expected.image);
  return accepted ? row('image', 'ok', image) : row('image', 'not_checked', `The file is ${image}; no token to compare it with.`);
}

async function dropRows(chain: ChainReader, question: TokenQuestion, named: VerifyRow, owner: Hex | null) {
  const { record, token } = question;
  const { index = 0, proof = [] } = record.batch ?? {};
  const { batch, holds } = await readBatch(chain, record.collection, index, digestOf(record), proof);
  const isSame = batch.root === record.batch?.root && batch.version === record.receipt.version && batch.count === record.batch?.count;
  const frozen = row('evolution', 'ok', 'A work of a drop never changes.', { meaning: 'The token shows the same for ever.' });
  return {
    rows: [named, imageRow({ ...question, token }, null), ...batchRows(record, isSame && holds), mintedRow(isSame && holds), ownerRow(owner), frozen],
  };
}

function batchRows({ batch }: WorkRecord, holds: boolean | null): VerifyRow[] {
  if (!batch) return [];
  if (holds === null) return [row('batch', 'not_checked', `Number ${batch.index} of ${batch.count}.`)];
  return [row('batch', holds ? 'ok' : 'failed', `Number ${batch.index} of ${batch.count}, root ${batch.root}.`)];
}
