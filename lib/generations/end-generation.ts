import type { Database } from '@/lib/db';
import type { ErrorCode } from '@/lib/errors';
import type { GenerationState } from './schema';

type Ending = {
  id: string;
  /** The attempt that is over; null for whoever runs it now. */
  attempt: number | null;
  from: GenerationState[];
  state: 'failed' | 'cancelled' | 'expired';
  error: ErrorCode;
};

/** Ends a run without delivery and lets go of its hold, in one SQL call. False where it was no longer in `from`. */
export async function endGeneration({ pool }: Pick<Database, 'pool'>, { id, attempt, from, state, error }: Ending): Promise<boolean> {
  const { rows } = await pool.query<{ ended: boolean }>('SELECT generation_end($1, $2, $3, $4, $5) AS ended', [id, attempt, from, state, error]);
  return rows[0]?.ended ?? false;
}
