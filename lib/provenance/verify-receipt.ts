import 'server-only';
import { type Hex, isAddressEqual, recoverAddress } from 'viem';
import { z } from 'zod';
import { withoutUrl } from '@/lib/chain/chain-error';
import { chainId, publicClient } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { receiptDigest } from '@/lib/protocol/receipt';
import { receiptOf, type WorkRecord } from '@/lib/protocol/work-record';
import { versionRow } from './chain-rows';
import { creatorOf, publicWork, tokensWithContent } from './queries';
import { type CollectionFacts, readCollection } from './read-collection';
import type { VerifyReport, VerifyRow } from './schema';

const hex = (bytes: number) => z.string().regex(new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`));
const small = (bytes: number) => hex(bytes).transform((text) => text.toLowerCase() as Hex);
const MOST_SIGNATURE_BYTES = 2_000;
const pasted = z.object({
  chainId: z.coerce.number().int().positive(),
  collection: small(20),
  receipt: z.object({
    version: small(32),
    seed: z.coerce.string().regex(/^\d{1,20}$/),
    paramsHash: small(32),
    promptHash: small(32),
    content: small(32),
    parent: small(32),
  }),
  signature: z
    .string()
    .regex(/^0x([0-9a-fA-F]{2})+$/)
    .max(2 + 2 * MOST_SIGNATURE_BYTES)
    .transform((text) => text.toLowerCase() as Hex),
});

const signed = {
  link: 'receipt',
  title: 'The receipt is signed by the model version’s key',
  proves: 'The key registered for this version vouches for the run.',
} as const;

/** Checks a receipt without its file: who signed it, and whether that key is the version's. Throws `invalid_input` for JSON that is no receipt. */
export async function verifyReceipt(db: Database, json: unknown): Promise<VerifyReport> {
  const read = pasted.safeParse(json);
  if (!read.success || BigInt(read.data.receipt.seed) >= 1n << 64n) {
    const message = 'That JSON is not a receipt of ours: it needs chainId, collection, receipt and signature.';
    throw new AppError('invalid_input', { message });
  }
  const record: WorkRecord = { v: 1, base: '-', kind: 'image', params: '{}', ...read.data };
  const facts = await askCollection(record);
  const rows = [await signedRow(record, facts), versionRow(record, facts, await creatorOf(db, record.receipt.version))];
  const { content } = record.receipt;
  return { ...summaryOf(rows), rows, text: null, work: await publicWork(db, content), tokens: await tokensWithContent(db, content) };
}

async function signedRow(record: WorkRecord, facts: CollectionFacts | null): Promise<VerifyRow> {
  const row = (result: VerifyRow['result'], detail: string): VerifyRow => ({ ...signed, result, detail });
  const digest = receiptDigest(record.chainId, record.collection, receiptOf(record));
  const signer = await recoverAddress({ hash: digest, signature: record.signature }).catch(() => null);
  const said = signer ? `Receipt ${digest}, signed by ${signer.toLowerCase()}.` : `Receipt ${digest}. The signature is not one of a plain key.`;
  if (!facts?.factoryMade) return row('not_checked', `${said} No collection of ours was there to ask for the version’s key.`);
  if (!facts.signer) return row('fail', `${said} The collection has no key for its version.`);
  const holds = facts.signerAccepts || (signer !== null && isAddressEqual(signer, facts.signer));
  return row(holds ? 'pass' : 'fail', `${said} The version’s key is ${facts.signer.toLowerCase()}.`);
}

function summaryOf(rows: VerifyRow[]): Pick<VerifyReport, 'verdict' | 'summary'> {
  const failed = rows.filter(({ result }) => result === 'fail');
  if (failed.length > 0) return { verdict: 'broken', summary: `This does not hold: ${failed.map(({ title }) => title).join('; ')}.` };
  if (rows.some(({ result }) => result !== 'pass'))
    return { verdict: 'unknown', summary: 'Who signed this receipt could not be compared with the key of its model version.' };
  return { verdict: 'verified', summary: 'The receipt is the model version’s. Drop the file to see whether it is the one that the receipt is for.' };
}

async function askCollection(record: WorkRecord): Promise<CollectionFacts | null> {
  try {
    return record.chainId === (await chainId()) ? await readCollection(publicClient(), record) : null;
  } catch (error) {
    log.warn({ err: withoutUrl(error) }, 'the chain could not be asked for a receipt');
    return null;
  }
}
