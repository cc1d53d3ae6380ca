import type { Hex } from 'viem';
import type { CredentialsReading } from '@/lib/credentials/reading';
import { cidText } from '@/lib/protocol/cid';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { askCollection } from './ask-collection';
import { manifestFor } from './find-manifest';
import { contentOf, digestOf, type OpenedFile, openFile } from './open-file';
import { copiesRow, credentialsRows, parentRow } from './rows-around';
import { claimRows, collectionRows } from './rows-collection';
import { fileRows, NO_RECORD } from './rows-file';
import { isFixedOnChain, tokenRows } from './rows-token';
import { type Check, type CheckInput, LINKS, linksOf, type VerifyRow } from './schema';
import { summarise } from './summarise';
import { type TokenOfFile, tokenOfFile } from './token-of-file';
import { row } from './words';

/**
 * Checks a file link by link: the file alone, then with what factory, collection and token say on the chain. Asks nobody else. Never throws,
 * whatever the file and whatever the node answers: what is wrong is a row, and so is what could not be asked.
 */
export async function checkWork(input: CheckInput): Promise<Check> {
  const { file, expected = {}, opening } = input;
  const opened = input.opened ?? (await openFile(file));
  const { image } = opened;
  const reading = await credentialsOf(input);
  const content = contentOf(opened);
  const { record } = opened;
  const alone = fileRows(opened, content, { opening, receipt: expected.receipt });
  const chained = record ? await recordRows({ ...input, opened }, record, content) : nothing();
  const rows = inOrder([...alone, ...chained.rows, ...credentialsRows(record, reading)]);
  return {
    ...summarise(rows, opened.isMarked),
    rows,
    found: {
      record,
      content,
      receiptDigest: record && digestOf(record),
      image: cidText(image),
      tokenId: chained.token && chained.token.kind !== 'none' ? chained.token.tokenId : null,
      owner: chained.owner,
      text: signedText(opened, rows),
      credentials: reading,
    },
  };
}

type Chained = { rows: VerifyRow[]; token: TokenOfFile | null; owner: Hex | null };

const nothing = (): Chained => ({
  rows: linksOf('beyond').map((id) => row(id, 'not_checked', NO_RECORD)),
  token: null,
  owner: null,
});

type Related = { opened: OpenedFile; record: WorkRecord; token: TokenOfFile };

async function recordRows(input: CheckInput & { opened: OpenedFile }, record: WorkRecord, content: Hex | null): Promise<Chained> {
  const { chain, trust, expected = {}, findCopies } = input;
  const { image, manifest: carried } = input.opened;
  const { chainId, collection, receipt } = record;
  const facts = await askCollection(chain, trust, { chainId, collection, version: receipt.version });
  const manifest = manifestFor(receipt.version, [input.manifest, carried]);
  const token = tokenOfFile(record, image);
  const related = await relatedOf(input.related ?? []);
  const steps = related.map(({ token: other }) => other);
  const question = { record, token, image: cidText(image), facts, expected, steps };
  const { rows: owned, owner } = await tokenRows(chain, question);
  const collected = await collectionRows(chain, record, facts, manifest, isFixedOnChain(token, owned));
  const tokenId = token.kind === 'none' ? null : token.tokenId;
  const copies = chain && findCopies ? [await copiesRow(chain, trust, record, tokenId, findCopies.fromBlock)] : [];
  const claims = claimRows(manifest.manifest, facts, input.rerun, content);
  return { rows: [...collected, ...owned, parentRow(record, related), ...copies, ...claims], token, owner };
}

/** Those of the other files that carry a record. */
async function relatedOf(files: readonly Uint8Array[]): Promise<Related[]> {
  const all = await Promise.all(files.map((file) => openFile(file)));
  return all.flatMap((opened) => (opened.record ? [{ opened, record: opened.record, token: tokenOfFile(opened.record, opened.image) }] : []));
}

/** A reader that cannot be started leaves the credentials unread, and everything else checked. */
async function credentialsOf({ credentials, file }: CheckInput): Promise<CredentialsReading | null> {
  try {
    return credentials ? await credentials(file) : null;
  } catch {
    return null;
  }
}

/** Nothing is shown as the work's text that nobody signed. */
function signedText({ record }: OpenedFile, rows: VerifyRow[]): string | null {
  const holds = (id: VerifyRow['id']) => rows.some((row) => row.id === id && row.result === 'ok');
  return holds('content') && holds('signature') ? (record?.text ?? null) : null;
}

export const inOrder = (rows: VerifyRow[]) => rows.toSorted((a, b) => LINKS.indexOf(a.id) - LINKS.indexOf(b.id));
