import { derivedRef } from '@/lib/credits/derived-ref';
import { amountFinding, type Check, FINDINGS_SHOWN, type Finding } from '../finding';

type Refunded = { id: string; captured: string };
type Posted = { ref: string; amount: string };

/** What was given back is what was paid, and only for works that were taken back. */
export const checkRefunds: Check = {
  name: 'refunds',
  run: async ({ snapshot }) => {
    const { refunded, posted } = await snapshot(async (sql) => ({
      refunded: (await sql.query<Refunded>('SELECT w.id, h.captured FROM work w JOIN ledger.hold h ON h.id = w.id WHERE w.refunded_at IS NOT NULL'))
        .rows,
      posted: (await sql.query<Posted>(`SELECT ref, sum(amount) AS amount FROM ledger.transfer WHERE code = 'run_refund' GROUP BY ref`)).rows,
    }));
    const byRef = new Map(posted.map(({ ref, amount }) => [ref, BigInt(amount)]));
    const expected = new Map(refunded.map((work) => [derivedRef('unsealed', work.id), work]));
    const short = [...expected].flatMap(([ref, work]) => wrongRefund(work, byRef.get(ref) ?? 0n));
    const stray = posted.filter(({ ref }) => !expected.has(ref)).map(strayRefund);
    return {
      compared: `${refunded.length} works taken back, ${posted.length} refunds`,
      findings: [...short, ...stray].slice(0, FINDINGS_SHOWN),
    };
  },
};

function wrongRefund({ id, captured }: Refunded, given: bigint): Finding[] {
  if (given === BigInt(captured)) return [];
  const explanation = 'The work was taken back, and what was given back for it is not what was paid. Post the rest as a correction.';
  return [amountFinding({ kind: 'wrong_refund', subject: `work ${id}`, explanation }, 'millicredits', BigInt(captured), given)];
}

function strayRefund({ ref, amount }: Posted): Finding {
  const explanation = 'Credits of a run were given back, and no work was taken back for it: it can still be downloaded and minted.';
  return amountFinding({ kind: 'refund_without_work', subject: `refund ${ref}`, explanation }, 'millicredits', 0n, BigInt(amount));
}
