import type { Actor } from '@/lib/actor';
import { listOpenHolds } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { loadRuns } from './load-runs';
import type { OpenHoldLineDto } from './schema';

/** What is set aside for a person right now, oldest first, with the run that it waits for. */
export async function listOpenHoldLines(db: Database, actor: Actor): Promise<OpenHoldLineDto[]> {
  const holds = await listOpenHolds(db, actor);
  const runs = await loadRuns(
    db.pool,
    actor.userId,
    holds.map(({ ref }) => ref),
  );
  return holds.map((hold) => {
    const run = runs.get(hold.ref);
    return { ...hold, text: run ? `Run of ${run.modelName}` : 'Minting with credits', href: run?.href ?? null };
  });
}
