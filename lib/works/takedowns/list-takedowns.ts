import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import type { TakedownDto } from './schema';

const NEWEST = 100;
/** A voucher is over by the chain's clock, which can be behind ours by that of its latest block. */
const CLOCK_MARGIN_SECONDS = 300;

type Row = {
  id: string;
  work_id: string;
  reason: string;
  by: string;
  at: Date;
  lifted_by: string | null;
  lifted_at: Date | null;
  alive_until: Date | null;
  left_ms: number;
};

/** Works that operators took down, the newest first, with those that were put back. Throws `forbidden`. */
export async function listTakedowns({ pool }: Database, actor: Actor): Promise<TakedownDto[]> {
  requireOperator(actor);
  const { rows } = await pool.query<Row>(
    `SELECT d.id, d.work_id, d.reason, u.address AS by, d.taken_down_at AS at, l.address AS lifted_by, d.lifted_at, vo.alive_until,
            (extract(epoch FROM vo.alive_until - now()) * 1000)::float8 AS left_ms
     FROM takedown d JOIN "user" u ON u.id = d.taken_down_by LEFT JOIN "user" l ON l.id = d.lifted_by
          LEFT JOIN voucher vo ON vo.work_id = d.work_id AND vo.alive_until > now() - make_interval(secs => ${CLOCK_MARGIN_SECONDS}) AND d.lifted_at IS NULL
               AND NOT EXISTS (SELECT FROM token t WHERE t.receipt_digest = vo.receipt_digest)
     ORDER BY d.taken_down_at DESC, d.id DESC LIMIT ${NEWEST}`,
  );
  return rows.map(({ id, work_id, reason, by, at, lifted_by, lifted_at, alive_until, left_ms }) => ({
    ...{ id, workId: work_id, reason, by, at: at.toISOString() },
    ...{ liftedBy: lifted_by, liftedAt: lifted_at?.toISOString() ?? null },
    voucher: alive_until && { until: alive_until.toISOString(), leftMs: left_ms },
  }));
}
