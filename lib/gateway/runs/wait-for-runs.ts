import { holdOne } from '@/lib/auth/hold-few';
import type { Database } from '@/lib/db';
import { AppError, isErrorCode } from '@/lib/errors';
import { followRuns } from '@/lib/generations/follow-runs';
import type { GenerationDto } from '@/lib/generations/schema';
import type { Caller } from '../doors/door';

/** Of one caller, in one process. */
const WAITS_AT_ONCE = 50;

/**
 * Waits until runs of a quote have ended, and what was delivered is sealed. Somebody who hangs up stops the waiting and not the runs. Throws what
 * the first was ended by where none was delivered.
 */
export async function waitForRuns(db: Database, { actor }: Caller, quoteId: string, signal: AbortSignal): Promise<GenerationDto[]> {
  const done = holdOne('gateway waits', actor.userId, WAITS_AT_ONCE);
  try {
    let runs: GenerationDto[] = [];
    for await (const look of followRuns(db, actor, { quoteId }, signal)) runs = look ?? runs;
    const sealed = runs.filter((run) => run.sealed);
    if (sealed.length > 0) return sealed;
    const code = runs[0]?.error?.code;
    throw new AppError(isErrorCode(code) ? code : 'run_cancelled');
  } finally {
    done();
  }
}
