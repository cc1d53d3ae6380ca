import 'server-only';
import type { Hex, PublicClient } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import type { Database } from '@/lib/db';
import { log } from '@/lib/log';
import type { FileCid } from '@/lib/protocol/cid';
import { rasterContent } from '@/lib/protocol/content';
import { RECORD_KEYWORD, readRecord } from '@/lib/protocol/png-record';
import { ProtocolError } from '@/lib/protocol/protocol-error';
import { receiptDigest } from '@/lib/protocol/receipt';
import { type VerifyResult, verifyRecord } from '@/lib/protocol/verify-record';
import { receiptOf, type WorkRecord } from '@/lib/protocol/work-record';
import { ownerRow, promptRow, versionRow } from './chain-rows';
import { decodePng } from './decode-png';
import { creatorOf, publicWork, tokenOfReceipt, tokensWithContent } from './queries';
import { type CollectionFacts, readCollection } from './read-collection';
import { readAccepted, readMintedImage, readOwner } from './read-token';
import type { VerifyReport, VerifyRow } from './schema';
import { summarise } from './summarise';

export type Place = { db: Database; client: PublicClient; chainId: number };
/** The token a file should be the image of, as the indexer saw it. */
export type ExpectedToken = { collection: string; tokenId: string; owner: string; blockHash: string };

/**
 * Checks a PNG link by link: the file alone, then with what factory, collection and token say on the chain. Our database only helps to find
 * the token's block and a public work to show. `expected`: the token that is asked about; left out, the one of the file's receipt.
 */
export async function checkFile(place: Place, bytes: Uint8Array, expected?: ExpectedToken): Promise<VerifyReport> {
  const { db } = place;
  const decoded = await decodePng(bytes);
  const raster = 'raster' in decoded ? decoded.raster : undefined;
  const read = readSafely(bytes);
  // A file sealed before its work had a title is a true copy of the work, and not the token's file.
  const titled = read.record?.label === undefined ? null : read.record;
  const token = expected ?? (titled && (await tokenOfReceipt(db, digestOf(titled), titled.collection)));
  const asked = read.record && (await orNull(askCollection(place, read.record, token)));
  const { facts = null, image } = asked ?? {};
  const made = facts?.factoryMade ? facts : undefined;
  const result = await verifyRecord({
    file: bytes,
    raster,
    facts: { versionSigner: made?.signer, signerAccepts: made?.signerAccepts, image, tokenId: token?.tokenId as Hex | undefined },
  });
  const minted = made && (await orNull(askToken(place, result, token)));
  // Of a text the letters are signed, not the pixels of its card.
  const problem = read.record?.kind === 'image' && 'problem' in decoded ? decoded.problem : null;
  const rows = inOrder([
    ...result.rows.map((row) => withFindings(row, { problem, minted })),
    promptRow(read.record),
    versionRow(read.record, facts, read.record && (await creatorOf(db, read.record.receipt.version))),
    ownerRow(minted?.owner, token?.owner ?? null),
  ]);
  const content = read.record?.receipt.content ?? (raster && rasterContent(raster));
  return {
    ...summarise(rows, read.present),
    rows,
    text: signedText(read.record, rows),
    work: content ? await publicWork(db, content) : null,
    tokens: content ? await tokensWithContent(db, content) : [],
  };
}

/** Nothing is shown as the work's text that nobody signed. */
function signedText(record: WorkRecord | null, rows: VerifyRow[]): string | null {
  const holds = (link: VerifyRow['link']) => rows.some((row) => row.link === link && row.result === 'pass');
  return holds('content') && holds('receipt') ? (record?.text ?? null) : null;
}

const digestOf = (record: WorkRecord) => receiptDigest(record.chainId, record.collection, receiptOf(record));

/** `present` is also true for a record that is there and cannot be read: a damaged file is not the same as one of somebody else's. */
function readSafely(bytes: Uint8Array): { record: WorkRecord | null; present: boolean } {
  try {
    const record = readRecord(bytes);
    return { record, present: record !== null };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { record: null, present: Buffer.from(bytes).includes(RECORD_KEYWORD) };
  }
}

async function askCollection(
  { client, chainId }: Place,
  record: WorkRecord,
  token: ExpectedToken | null,
): Promise<{ facts: CollectionFacts; image?: FileCid } | null> {
  if (record.chainId !== chainId) return null;
  const facts = await readCollection(client, record);
  if (!facts.factoryMade || !token) return { facts };
  return { facts, image: await readMintedImage(client, token.collection as Hex, token.tokenId as Hex, token.blockHash as Hex) };
}

type Minted = { owner: Hex | null; accepted: boolean | undefined };

/** A token that nobody minted is no contradiction: an unminted work's file names a token to be. */
async function askToken({ client }: Place, { record, image, tokenId }: VerifyResult, token: ExpectedToken | null): Promise<Minted> {
  const id = (token?.tokenId ?? tokenId) as Hex | null;
  if (!record || !id) return { owner: null, accepted: undefined };
  const owner = await readOwner(client, record.collection, id);
  const isMeant = owner !== null || token !== null;
  return { owner, accepted: isMeant ? await readAccepted(client, record, image, id) : undefined };
}

function withFindings(row: VerifyRow, { problem, minted }: { problem: string | null; minted?: Minted | null }): VerifyRow {
  if (row.link === 'content' && problem) return { ...row, result: 'fail', detail: problem };
  if (row.link !== 'chain' || !minted) return row;
  if (minted.accepted === undefined) return { ...row, detail: 'Not minted.' };
  const detail = minted.accepted ? 'verifyRecord answered true.' : 'verifyRecord answered false: no such token, or another record.';
  return { ...row, result: minted.accepted ? 'pass' : 'fail', detail };
}

const ORDER: VerifyRow['link'][] = ['record', 'content', 'card', 'params', 'prompt', 'receipt', 'version', 'image', 'token', 'chain', 'owner'];
const inOrder = (rows: VerifyRow[]) => rows.toSorted((a, b) => ORDER.indexOf(a.link) - ORDER.indexOf(b.link));

/** A chain that does not answer leaves links unchecked; it does not break them. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    log.warn({ err: withoutUrl(error) }, 'the chain could not be asked for a check');
    return null;
  }
}
