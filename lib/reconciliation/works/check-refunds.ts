import { derivedRef } from '@/lib/credits/derived-ref';
import { amountFinding, type Check, FINDINGS_SHOWN, type Finding } from '../finding';

type Refunded = { id: string; hold: string; is_run: boolean; captured: string };
type GivenBack = { generation_id: string; ref: string; amount: string };
type Posted = { ref: string; is_run: boolean; amount: string };

const unitOf = (isRun: boolean) => (isRun ? 'runs' : 'millicredits');

/** What was given back is what was paid, and only for works that were taken back; or it is the share that a creator gave back. */
export const checkRefunds: Check = {
  name: 'refunds',
  run: async ({ snapshot }) => {
    const { refunded, posted, givenBack } = await snapshot(async (sql) => ({
      refunded: (
        await sql.query<Refunded>(
          `SELECT w.id, h.id AS hold, h.id <> w.id AS is_run, h.captured FROM work w JOIN generation g ON g.id = w.id
             JOIN ledger.hold h ON h.id IN (g.id, g.pass_hold_id) WHERE w.refunded_at IS NOT NULL`,
        )
      ).rows,
      posted: (
        await sql.query<Posted>(
          `SELECT t.ref, bool_or(a.asset = 3) AS is_run, sum(t.amount) AS amount FROM ledger.transfer t JOIN ledger.account a ON a.id = t.debit_id
            WHERE t.code = 'run_refund' GROUP BY t.ref`,
        )
      ).rows,
      givenBack: (await sql.query<GivenBack>('SELECT generation_id, ref, amount FROM protection_refund')).rows,
    }));
    const byRef = new Map(posted.map(({ ref, amount }) => [ref, BigInt(amount)]));
    const expected = new Map(refunded.map((work) => [derivedRef('unsealed', work.hold), work]));
    const short = [...expected].flatMap(([ref, work]) => wrongRefund(work, byRef.get(ref) ?? 0n));
    const wrong = givenBack.flatMap((one) => wrongShare(one, byRef.get(one.ref) ?? 0n));
    const byCreators = new Set(givenBack.map(({ ref }) => ref));
    const stray = posted.filter(({ ref }) => !expected.has(ref) && !byCreators.has(ref)).map(strayRefund);
    return {
      compared: `${refunded.length} works taken back, ${givenBack.length} shares given back, ${posted.length} refunds`,
      findings: [...short, ...wrong, ...stray].slice(0, FINDINGS_SHOWN),
    };
  },
};

function wrongRefund({ id, is_run, captured }: Refunded, given: bigint): Finding[] {
  if (given === BigInt(captured)) return [];
  const explanation = 'The work was taken back, and what was given back for it is not what was paid. Post the rest as a correction.';
  return [amountFinding({ kind: 'wrong_refund', subject: `work ${id}`, explanation }, unitOf(is_run), BigInt(captured), given)];
}

function wrongShare({ generation_id, amount }: GivenBack, given: bigint): Finding[] {
  if (given === BigInt(amount)) return [];
  const explanation = 'The creator gave their share of this run back, and the books moved another amount. Post the rest as a correction.';
  return [amountFinding({ kind: 'wrong_refund', subject: `run ${generation_id}`, explanation }, 'millicredits', BigInt(amount), given)];
}

function strayRefund({ ref, is_run, amount }: Posted): Finding {
  const explanation = 'What a run took was given back, and no work was taken back for it: it can still be downloaded and minted.';
  return amountFinding({ kind: 'refund_without_work', subject: `refund ${ref}`, explanation }, unitOf(is_run), 0n, BigInt(amount));
}
