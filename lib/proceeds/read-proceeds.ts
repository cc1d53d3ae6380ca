import 'server-only';
import { withoutUrl } from '@/lib/chain/chain-error';
import type { Database } from '@/lib/db';
import { log } from '@/lib/log';
import { type Collection, readBalance } from './read-balance';
import type { ProceedsDto } from './schema';
import { readWithdrawals } from './withdrawals';

/** What lies in a collection, as the chain says it now, and what was taken out of it. Whose it is, is the caller's to ask. */
export async function readProceeds(db: Pick<Database, 'prisma'>, collection: Collection): Promise<ProceedsDto> {
  const [balance, taken] = await Promise.all([
    readBalance(collection).catch((error: unknown) => {
      log.warn({ err: withoutUrl(error), collection: collection.address }, 'what a collection earned could not be read');
      return null;
    }),
    readWithdrawals(db, collection),
  ]);
  const amounts = balance && { freeWei: balance.free.toString(), escrowedWei: balance.escrowed.toString(), owedWei: balance.owed.toString() };
  return { collection: collection.address, balance: amounts, ...taken };
}
