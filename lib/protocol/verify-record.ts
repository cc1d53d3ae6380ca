import { type Hex, hexToBytes, isAddressEqual, recoverAddress } from 'viem';
import { cidText, type FileCid } from './cid';
import { type Raster, rasterContent, textContent } from './content';
import { fileCid } from './file-cid';
import { renderMetadata, tokenIdOf } from './metadata';
import { paramsHash } from './params';
import { readRecord } from './png-record';
import { receiptDigest } from './receipt';
import { receiptOf, type WorkRecord } from './work-record';

/** One link of the chain from file to token. `not_checked`: what it needs was not given. */
export type RecordRow = {
  /** `card`: of a text alone. */
  link: 'record' | 'content' | 'card' | 'params' | 'receipt' | 'image' | 'token' | 'chain';
  result: 'pass' | 'fail' | 'not_checked';
  title: string;
  proves: string;
  detail: string;
};

/** What was read elsewhere; leave out what is not known. */
export type OutsideFacts = {
  /** Signer registered for the record's version in the record's collection; null where the collection does not know the version. */
  versionSigner?: Hex | null;
  /** What an ERC-1271 signer answered; replaces recovery where the signer is a contract. */
  signerAccepts?: boolean;
  /** The file's CID as token or voucher name it. */
  image?: FileCid;
  /** The token that is meant. */
  tokenId?: Hex;
  /** `verifyRecord(tokenId, record)` on the collection. */
  onChain?: boolean;
};

const CARD_NOT_SIGNED =
  'The receipt is over the text alone, not over the picture it is drawn on. Go by the text itself, which the file carries in full.';
/** Of a text, the letters are what was signed. */
const textLink = { title: 'The text is the one signed', proves: 'Not one letter of the text was changed since the run ended.' };

export type VerifyInput = { file: Uint8Array; raster?: Raster; facts?: OutsideFacts };
export type VerifyResult = { rows: RecordRow[]; record: WorkRecord | null; image: FileCid; tokenId: Hex | null };

const links: Record<RecordRow['link'], Pick<RecordRow, 'title' | 'proves'>> = {
  record: { title: 'The file carries its record', proves: 'The file says which run made it, in one well-formed record.' },
  content: { title: 'The content is the one signed', proves: 'Not one pixel was changed since the run ended.' },
  card: { title: 'The card shows the text', proves: 'The picture is drawn from the text.' },
  params: { title: 'The parameters are the ones signed', proves: 'The settings shown are the settings of the run.' },
  receipt: { title: 'The receipt is signed by the model version’s key', proves: 'The key registered for this version vouches for the run.' },
  image: { title: 'The file is the token’s image', proves: 'The token names exactly these bytes.' },
  token: { title: 'The token id follows from the file', proves: 'The token’s metadata can be nothing but this record.' },
  chain: { title: 'The contract knows this record', proves: 'The token was minted with this record, and it can never change.' },
};

/** Pure checks of one file, strongest possible with what is given. Never throws on a hostile file: what is wrong is a row. */
export async function verifyRecord({ file, raster, facts = {} }: VerifyInput): Promise<VerifyResult> {
  const image = await fileCid(file);
  const { record, row } = recordRow(file);
  if (!record) {
    const rest = (Object.keys(links) as RecordRow['link'][])
      .filter((link) => link !== 'record' && link !== 'card')
      .map((link) => skipped(link, 'Nothing to check without a record.'));
    return { rows: [row, ...rest], record, image, tokenId: null };
  }
  const token = tokenRow(record, image, facts.tokenId);
  const rows = [row, ...contentRows(record, raster), paramsRow(record), await receiptRow(record, facts), imageRow(image, facts.image), token.row];
  return { rows: [...rows, chainRow(facts.onChain)], record, image, tokenId: token.tokenId };
}

function recordRow(file: Uint8Array): { record: WorkRecord | null; row: RecordRow } {
  try {
    const record = readRecord(file);
    if (!record) return { record, row: found('record', false, 'The file carries no record.') };
    return { record, row: found('record', true, `Chain ${record.chainId}, collection ${record.collection}.`) };
  } catch (error) {
    return { record: null, row: found('record', false, error instanceof Error ? error.message : String(error)) };
  }
}

function contentRows(record: WorkRecord, raster?: Raster): RecordRow[] {
  const { content } = record.receipt;
  if (record.text !== undefined) return [{ ...equal('content', textContent(record.text), content), ...textLink }, skipped('card', CARD_NOT_SIGNED)];
  if (!raster) return [skipped('content', 'The picture was not decoded.')];
  return [equal('content', rasterContent(raster), content)];
}

function paramsRow(record: WorkRecord): RecordRow {
  return equal('params', paramsHash(record.params), record.receipt.paramsHash);
}

async function receiptRow(record: WorkRecord, facts: OutsideFacts): Promise<RecordRow> {
  const { versionSigner, signerAccepts } = facts;
  if (versionSigner === undefined) return skipped('receipt', 'The collection was not asked for the version’s key.');
  if (versionSigner === null) return found('receipt', false, `The collection does not know version ${record.receipt.version}.`);
  if (signerAccepts) return found('receipt', true, `The contract ${versionSigner} accepts the signature.`);
  const hash = receiptDigest(record.chainId, record.collection, receiptOf(record));
  const signer = await recover(hash, record.signature);
  const detail = signer ? `Signed by ${signer}, registered ${versionSigner}.` : 'The signature is not one.';
  return found('receipt', signer !== null && isAddressEqual(signer, versionSigner), detail);
}

async function recover(hash: Hex, signature: Hex): Promise<Hex | null> {
  if (hexToBytes(signature).length !== 65) return null;
  return await recoverAddress({ hash, signature }).catch(() => null);
}

function imageRow(image: FileCid, expected?: FileCid): RecordRow {
  if (!expected) return skipped('image', `The file is ${cidText(image)}; no token to compare it with.`);
  return equal('image', cidText(image), cidText(expected));
}

function tokenRow(record: WorkRecord, image: FileCid, expected?: Hex): { tokenId: Hex | null; row: RecordRow } {
  const { base, label, traits, evolve } = record;
  if (label === undefined || traits === undefined || evolve === undefined) {
    return { tokenId: null, row: skipped('token', 'The file was sealed before it was given a title: it names no token.') };
  }
  try {
    const tokenId = tokenIdOf(renderMetadata({ base, receipt: receiptOf(record), image, label, traits, evolve }));
    return { tokenId, row: expected ? equal('token', tokenId, expected.toLowerCase()) : found('token', true, `Token ${tokenId}.`) };
  } catch (error) {
    return { tokenId: null, row: found('token', false, error instanceof Error ? error.message : String(error)) };
  }
}

function chainRow(onChain?: boolean): RecordRow {
  if (onChain === undefined) return skipped('chain', 'The chain was not asked.');
  return found('chain', onChain, onChain ? 'verifyRecord answered true.' : 'verifyRecord answered false: no such token, or another record.');
}

function equal(link: RecordRow['link'], actual: string, expected: string): RecordRow {
  const same = actual === expected;
  return found(link, same, same ? actual : `Found ${actual}, expected ${expected}.`);
}

function found(link: RecordRow['link'], pass: boolean, detail: string): RecordRow {
  return { link, result: pass ? 'pass' : 'fail', ...links[link], detail };
}

function skipped(link: RecordRow['link'], detail: string): RecordRow {
  return { link, result: 'not_checked', ...links[link], detail };
}
