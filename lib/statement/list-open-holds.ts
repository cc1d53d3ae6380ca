import type { Actor } from '@/lib/actor';
import { listOpenHolds } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { loadRelays, type RelaySubject } from './load-relays';
import { loadRuns, type RunSubject } from './load-runs';
import type { OpenHoldLineDto } from './schema';

/** What is set aside for a person right now, oldest first, with the run or the mint that it waits for. */
export async function listOpenHoldLines(db: Database, actor: Actor): Promise<OpenHoldLineDto[]> {
  const holds = await listOpenHolds(db, actor);
  const refs = holds.map(({ ref }) => ref);
  const [runs, relays] = await Promise.all([loadRuns(db.pool, actor.userId, refs), loadRelays(db.pool, actor.userId, refs)]);
  return holds.map((hold) => ({
    ...hold,
    ...subjectOf(runs.get(hold.ref), relays.get(hold.ref)),
    // A mint's hold has no end of its own: the chain decides, however long that takes.
    expiresAt: relays.has(hold.ref) ? null : hold.expiresAt,
  }));
}

function subjectOf(run: RunSubject | undefined, relay: RelaySubject | undefined): { text: string; href: string | null } {
  if (run) return { text: `Run of ${run.modelName}`, href: run.href };
  return relay ? { text: `Mint of ${relay.title}`, href: relay.href } : { text: 'Set aside', href: null };
}
