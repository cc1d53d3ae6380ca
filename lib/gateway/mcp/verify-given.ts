import type { z } from 'zod';
import { takeOne } from '@/lib/auth/rate-limit';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { findByFile, findWork } from '@/lib/likeness/find-work';
import { lookUpQuery } from '@/lib/provenance/look-up-query';
import { readReceipt } from '@/lib/works/read-receipt';
import type { Caller } from '../doors/door';
import { readerOf } from '../reader-of';
import type { GatewayCall } from '../route';
import type { verifyToolInput } from './schema';

/** What /verify says of what was given, under its limit. Throws `invalid_input` where that is not one thing, `not_found` for a work that is not the caller's to see. */
export async function verifyGiven(
  db: Database,
  { caller, address }: Pick<GatewayCall<Caller | null>, 'caller' | 'address'>,
  given: z.output<typeof verifyToolInput>,
): Promise<object> {
  await takeOne('verify', address);
  const { workId, text, receipt, receiptDigest, ...query } = given;
  const ways = [workId, text, receipt].filter((way) => way !== undefined).length;
  const asked = Object.fromEntries(Object.entries({ ...query, receipt: receiptDigest }).filter(([, value]) => value !== undefined));
  if (ways + (Object.keys(asked).length > 0 ? 1 : 0) !== 1) throw new AppError('invalid_input', { message: 'Ask with one thing to check.' });
  if (workId !== undefined) {
    const reader = caller && (await readerOf(db, caller, workId));
    return findWork(db, { kind: 'receipt', json: (await readReceipt(db, reader, workId)).file });
  }
  if (receipt !== undefined) return findWork(db, { kind: 'receipt', json: receipt });
  if (text !== undefined) return findByFile(db, Buffer.from(text, 'utf8'));
  return findWork(db, lookUpQuery.parse(asked));
}
