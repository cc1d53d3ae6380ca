import { type Hex, keccak256, toBytes } from 'viem';
import type { CredentialsReading } from '@/lib/credentials/reading';
import { NO_PARENT } from '@/lib/protocol/receipt';
import { recordText, type WorkRecord } from '@/lib/protocol/work-record';
import { askCollection, reasonOf } from './ask-collection';
import type { ChainReader } from './chain-reader';
import { contentOf, digestOf, type OpenedFile } from './open-file';
import type { Trust, VerifyRow } from './schema';
import { row } from './words';

/** The work that this one was made from, by the files at hand. A record can be put into any file: the file's own content has to be the record's. */
export function parentRow({ receipt }: WorkRecord, related: { opened: OpenedFile; record: WorkRecord }[]): VerifyRow {
  if (receipt.parent === NO_PARENT) return row('parent', 'ok', 'None.', { meaning: 'The receipt says that it was made from no other work.' });
  const named = `Made from the work with receipt ${receipt.parent}`;
  const parents = related
    .filter(({ record }) => digestOf(record) === receipt.parent)
    .map(({ opened, record }) => ({ record, own: contentOf(opened) }));
  if (parents.length === 0) return row('parent', 'not_checked', `${named}, whose file was not given.`);
  const parent = parents.find(({ record, own }) => own === record.receipt.content);
  if (!parent) {
    const own = parents.find((one) => one.own !== null)?.own;
    if (!own) return row('parent', 'not_checked', `${named}. The file that was given with this receipt has no pixels that could be hashed.`);
    return row('parent', 'failed', `${named}. The file that was given with this receipt has the content ${own}.`);
  }
  const what = parent.record.kind === 'text' ? 'The text in the file that was given' : 'The file that was given';
  return row('parent', 'ok', `Receipt ${receipt.parent}, content ${parent.record.receipt.content}.`, {
    meaning: `${what} is the work this one was made from.`,
  });
}

const STATES = {
  trusted: 'The file was sealed by somebody this verifier knows, and not one byte was changed since.',
  valid: 'Not one byte was changed since the file was sealed. By whom is not known here: the signer’s root was not given.',
};

/** Content Credentials, and whether they say the same as the record beside them. Of a text they are what vouches for the card. */
export function credentialsRows(record: WorkRecord | null, reading: CredentialsReading | null): VerifyRow[] {
  const isText = record?.kind === 'text';
  const card = (result: 'ok' | 'not_checked', detail: string) => (isText ? [row('card', result, detail)] : []);
  const unsigned = 'The receipt is over the text alone, not over the picture it is drawn on. Go by the text itself, which the file carries in full.';
  if (!reading) return [...card('not_checked', unsigned), row('credentials', 'not_checked', 'They were not read.')];
  if (reading.state === 'none') return [...card('not_checked', unsigned), row('credentials', 'not_checked', 'The file has none.')];
  const { issuer, name } = reading.manifest?.signer ?? {};
  const signer = [name, issuer].filter(Boolean).join(', ') || 'nobody who is named';
  if (reading.state === 'invalid') {
    const because = reading.problems.map(({ words }) => words).join(' ');
    return [...card('not_checked', unsigned), row('credentials', 'failed', `${because} Signed by ${signer}.`)];
  }
  if (!reading.record || !record) {
    const detail = `Signed by ${signer}, without a receipt of ours.`;
    return [
      ...card('not_checked', unsigned),
      row('credentials', 'not_checked', detail, { meaning: 'They are somebody else’s, and say nothing about this record.' }),
    ];
  }
  if (recordText(reading.record) !== recordText(record)) {
    return [...card('not_checked', unsigned), row('credentials', 'failed', 'They carry another record than the file does beside them.')];
  }
  const trusted = reading.state === 'trusted';
  const covered = card(trusted ? 'ok' : 'not_checked', trusted ? `Sealed by ${signer}.` : unsigned);
  return [...covered, row('credentials', 'ok', `Signed by ${signer}; their receipt is the file’s.`, { meaning: STATES[reading.state] })];
}

const MINTED = keccak256(toBytes('Minted(bytes32,uint256)'));

/** Tokens of the same content in any collection of ours: `content` is an indexed topic. */
export async function copiesRow(chain: ChainReader, trust: Trust, record: WorkRecord, tokenId: Hex | null, fromBlock: bigint): Promise<VerifyRow> {
  const { chainId, collection, receipt } = record;
  try {
    const logs = await chain.logs({ topics: [MINTED, receipt.content], fromBlock });
    const asked = logs.map((log) => askCollection(chain, trust, { chainId, collection: log.address, version: receipt.version }));
    const facts = await Promise.all(asked);
    const others = logs.filter((log, i) => facts[i]?.state === 'ours' && !(isSame(log.address, collection) && isSame(log.data, tokenId ?? '')));
    const list = others.map((log) => `${log.address} ${log.data}`).join('; ');
    const here = others.some((log) => isSame(log.address, collection));
    if (tokenId && here) return row('copies', 'failed', list);
    return row('copies', 'ok', list ? `In other collections, or of this receipt: ${list}` : 'None.');
  } catch (error) {
    return row('copies', 'not_checked', `The chain’s logs could not be searched: ${reasonOf(error)}`);
  }
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
