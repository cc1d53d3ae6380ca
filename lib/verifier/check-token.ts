import { decodeFunctionResult, encodeFunctionData, type Hex, zeroHash } from 'viem';
import { workCollectionAbi as abi } from '@/lib/chain/abi/work-collection';
import { tokenIdOf, tokenUri } from '@/lib/protocol/metadata';
import { askCollection, reasonOf } from './ask-collection';
import { readHead, readOwner } from './ask-token';
import { inOrder } from './check-work';
import type { Check, TokenInput, VerifyRow } from './schema';
import { row } from './words';

const FILE_NEEDED = ['file', 'record', 'content', 'params', 'prompt', 'receipt', 'signature', 'version', 'creator', 'image', 'credentials'] as const;

/**
 * What can be said of a token without its file: whether the collection is ours, who holds the token, and whether what it shows is its own record.
 * Never `verified`: the signature is in the file. No log is searched.
 */
export async function checkToken({ chain, trust, collection, tokenId, metadata }: TokenInput): Promise<Check> {
  const { chainId, why } = await chainIdOf(chain);
  const facts = why ? ({ state: 'silent', why } as const) : await askCollection(chain, trust, { chainId, collection, version: zeroHash });
  const rows: VerifyRow[] = FILE_NEEDED.map((id) => row(id, 'not_checked', 'The token’s file is needed for that.'));
  if (metadata !== undefined) rows.push(metadataRow(tokenId, metadata));
  let owner: Hex | null = null;
  if (facts.state === 'foreign') rows.push(row('factory', 'failed', `No factory of ours made ${collection}.`));
  if (facts.state === 'silent') rows.push(row('factory', 'not_checked', facts.why), row('owner', 'not_checked', facts.why));
  if (facts.state === 'ours') {
    rows.push(row('factory', 'ok', `Made by ${facts.factory}; owned by ${facts.owner}.`));
    const shown = await tokenOnChain(chain, collection, tokenId, facts.kind);
    rows.push(...shown.rows);
    owner = shown.owner;
  }
  const found = { record: null, content: null, receiptDigest: null, image: '', tokenId, owner, text: null, credentials: null };
  return { ...summary(rows, owner), rows: inOrder(rows), found };
}

async function chainIdOf(chain: TokenInput['chain']): Promise<{ chainId: number; why: string | null }> {
  try {
    return { chainId: await chain.chainId(), why: null };
  } catch (error) {
    return { chainId: 0, why: `The chain gave no usable answer: ${reasonOf(error)}` };
  }
}

function metadataRow(tokenId: Hex, metadata: string): VerifyRow {
  const digest = tokenIdOf(metadata);
  const meaning = 'The number is the digest of this metadata: the token can say nothing else.';
  if (digest === tokenId.toLowerCase()) return row('token', 'ok', `sha-256 of the metadata is ${digest}.`, { meaning });
  return row('token', 'failed', `sha-256 of the metadata is ${digest}.`, { meaning: 'This metadata is not the token’s first.' });
}

async function tokenOnChain(chain: TokenInput['chain'], collection: Hex, tokenId: Hex, kind: 'work' | 'drop') {
  try {
    const owner = await readOwner(chain, collection, tokenId);
    if (!owner) return { owner, rows: [row('owner', 'failed', 'The chain has no such token.')] };
    const rows = [row('owner', 'ok', `Owned by ${owner}.`)];
    return { owner, rows: kind === 'drop' ? rows : [...rows, await shownRow(chain, collection, tokenId)] };
  } catch (error) {
    return { owner: null, rows: [row('owner', 'not_checked', `The collection gave no usable answer: ${reasonOf(error)}`)] };
  }
}

/** Whether `tokenURI` is the token's own newest record, or the one its holder pinned. */
async function shownRow(chain: TokenInput['chain'], collection: Hex, tokenId: Hex): Promise<VerifyRow> {
  const { head, pin } = await readHead(chain, collection, tokenId);
  const call = { abi, functionName: 'tokenURI' } as const;
  const data = await chain.call(collection, encodeFunctionData({ ...call, args: [BigInt(tokenId)] }));
  const uri = data === null ? 'nothing' : decodeFunctionResult({ ...call, data });
  const same = uri === tokenUri(pin ?? head);
  const state = pin ? 'pinned by its holder' : head === tokenId.toLowerCase() ? 'its first record' : 'its newest record';
  return row('evolution', same ? 'ok' : 'failed', `Shows ${uri}, ${state}.`);
}

function summary(rows: VerifyRow[], owner: Hex | null): Pick<Check, 'verdict' | 'summary'> {
  const broken = rows.filter(({ result }) => result === 'failed');
  if (broken.length > 0) return { verdict: 'broken', summary: `This does not hold: ${broken.map(({ checked }) => checked).join('; ')}.` };
  if (!owner) return { verdict: 'unknown', summary: 'The chain could not be asked about this token.' };
  return { verdict: 'unknown', summary: 'The token exists in a collection of ours. Who made what it shows is in its file: check that.' };
}
