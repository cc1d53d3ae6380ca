import 'server-only';
import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { paramsHash } from '@/lib/protocol/params';
import { receiptDigest } from '@/lib/protocol/receipt';
import { receiptOf, type WorkRecord } from '@/lib/protocol/work-record';
import { askCollection } from '@/lib/verifier/ask-collection';
import { manifestFor } from '@/lib/verifier/find-manifest';
import { collectionRows } from '@/lib/verifier/rows-collection';
import type { VerifyRow } from '@/lib/verifier/schema';
import { row } from '@/lib/verifier/words';
import { aroundRow } from './around-receipt';
import { askHouse } from './ask-house';
import { type PastedReceipt, pastedReceipt } from './pasted-receipt';
import type { VerifyReport } from './schema';
import { houseChain } from './verify-file';

/** Checks a receipt without its file: who signed it, and whether that key is the version's. Throws `invalid_input` for JSON that is no receipt. */
export async function verifyReceipt(db: Database, json: unknown): Promise<VerifyReport> {
  const read = pastedReceipt.safeParse(json);
  if (!read.success) throw new AppError('invalid_input', { message: 'That JSON is not a receipt of ours. A work’s page has its receipt as a file.' });
  const { chainId, collection, receipt, signature, params = '{}', manifest, digest } = read.data;
  const record: WorkRecord = { v: 1, base: '-', kind: 'image', chainId, collection, receipt, signature, params };
  const own = receiptDigest(chainId, collection, receiptOf(record));
  const { version, content } = receipt;
  const house = await askHouse(db, { content, receiptDigest: own, collection, version });
  const chain = houseChain();
  const facts = await askCollection(chain, house.trust, { chainId, collection, version });
  const found = manifestFor(version, [house.manifest, manifest]);
  const rows = [
    ...(await aroundRow(read.data, { own, manifest: found.manifest, facts })),
    digestRow(own, digest),
    ...paramsRows(read.data),
    // Of a receipt by itself the chain knows nothing: whether it was minted is in its file.
    ...(await collectionRows(chain, record, facts, found, false)),
  ];
  return { ...summaryOf(rows), rows, text: null, ...house.known };
}

function digestRow(own: Hex, said: Hex | undefined): VerifyRow {
  const isSame = said === undefined || said === own;
  return row('receipt', isSame ? 'ok' : 'failed', isSame ? `Its digest is ${own}.` : `It says that its digest is ${said}; it is ${own}.`);
}

function paramsRows({ params, receipt }: PastedReceipt): VerifyRow[] {
  if (params === undefined) return [];
  const own = paramsHash(params);
  const isSame = own === receipt.paramsHash;
  return [row('params', isSame ? 'ok' : 'failed', isSame ? own : `The text hashes to ${own}, the receipt has ${receipt.paramsHash}.`)];
}

function summaryOf(rows: VerifyRow[]): Pick<VerifyReport, 'verdict' | 'summary'> {
  const [failed, open] = (['failed', 'not_checked'] as const).map((result) => rows.filter((one) => one.result === result));
  const titles = (some: VerifyRow[] = []) => some.map(({ checked }) => checked).join('; ');
  if (failed?.length) return { verdict: 'broken', summary: `This does not hold: ${titles(failed)}.` };
  if (open?.length) return { verdict: 'unknown', summary: `This could not be checked: ${titles(open)}.` };
  return {
    verdict: 'verified',
    summary:
      'The receipt is the model version’s. Drop the file as well, to see whether it is the one that the receipt is for: a title is in the file, not in the receipt.',
  };
}
