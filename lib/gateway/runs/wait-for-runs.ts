import type { Database } from '@/lib/db';
import { AppError, isErrorCode } from '@/lib/errors';
import { followRuns } from '@/lib/generations/follow-runs';
import type { GenerationDto } from '@/lib/generations/schema';
import type { Caller } from '../doors/door';

/** Looks at runs of a quote until they have ended, and what was delivered is sealed, or nobody listens any more: then they are as they were last. Its place (place-to-look.ts) is the caller's. */
export async function watchRuns(db: Database, { actor }: Caller, quoteId: string, signal: AbortSignal): Promise<GenerationDto[]> {
  let runs: GenerationDto[] = [];
  for await (const look of followRuns(db, actor, { quoteId }, signal)) runs = look ?? runs;
  return runs;
}

/** Waits for runs of a quote, and gives what was delivered. Somebody who hangs up stops the waiting and not the runs. Throws what the first was ended by where nothing was. */
export async function waitForRuns(db: Database, caller: Caller, quoteId: string, signal: AbortSignal): Promise<GenerationDto[]> {
  const runs = await watchRuns(db, caller, quoteId, signal);
  const sealed = runs.filter((run) => run.sealed);
  if (sealed.length > 0) return sealed;
  throw endOf(runs);
}

/** What the first of runs that delivered nothing was ended by. */
export function endOf([first]: GenerationDto[]): AppError {
  const code = first?.error?.code;
  return new AppError(isErrorCode(code) ? code : 'run_cancelled');
}
