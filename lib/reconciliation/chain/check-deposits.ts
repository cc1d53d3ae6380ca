import { readHalt } from '@/lib/chain/indexer/halt';
import { env } from '@/lib/env';
import { type Check, mostUrgent } from '../finding';
import { readDeposits } from './deposit-rows';
import { behindFindings, forkedFinding } from './indexer-place';
import { matchDeposits } from './match-deposits';
import { readTill } from './read-till';
import { waitingDeposit } from './waiting-deposit';

/** Every payment at the till, read from the chain anew, against our rows. */
export const checkDeposits: Check = {
  name: 'deposits',
  run: async (context) => {
    const { client, chainId, head, events } = await readTill(context);
    const { books, halt } = await context.snapshot(async (sql) => ({
      books: await readDeposits(sql, chainId, head),
      halt: await readHalt(sql, chainId),
    }));
    const paid = events.filter(({ kind }) => kind === 'deposit');
    const cursor = books.cursor?.number ?? -1n;
    const indexed = paid.filter(({ log }) => log.blockNumber <= cursor);
    const behind = behindFindings(books.cursor, { head, payments: paid.length - indexed.length, nowMs: Date.now() });
    if (!books.cursor) return { compared: 'nothing is indexed yet', findings: behind };
    const there = await client.getBlock({ blockNumber: cursor, includeTransactions: false });
    if (there.hash !== books.cursor.hash) {
      const forked = forkedFinding(cursor, { theirs: there.hash, ours: books.cursor.hash }, halt);
      return { compared: `not the same chain at block ${cursor}`, findings: [forked, ...behind] };
    }
    const standing = books.rows.filter(({ state }) => state !== 'reversed');
    const { pairs, findings } = matchDeposits(chainId, indexed, standing);
    const waiting = pairs.flatMap(([, row]) => waitingDeposit(row, { chainId, cursor, confirmations: env.CONFIRMATIONS }));
    return {
      compared: `${indexed.length} payments on the chain and ${standing.length} in our books, up to block ${cursor}`,
      findings: mostUrgent([...behind, ...findings, ...waiting]),
    };
  },
};
