import type { Actor } from '@/lib/actor';
import { listOpenHolds } from '@/lib/credits/queries';
import type { Database } from '@/lib/db';
import { loadPassRelays, type PassRelaySubject } from './load-pass-relays';
import { loadRelays, type RelaySubject } from './load-relays';
import { loadRuns, type RunSubject } from './load-runs';
import type { OpenHoldLineDto } from './schema';

/** What is set aside for a person right now, oldest first, with the run or the mint that it waits for. */
export async function listOpenHoldLines(db: Database, actor: Actor): Promise<OpenHoldLineDto[]> {
  const holds = await listOpenHolds(db, actor);
  const refs = holds.map(({ ref }) => ref);
  const load = <T>(loader: (pool: Database['pool'], userId: string, refs: readonly string[]) => Promise<T>) => loader(db.pool, actor.userId, refs);
  const [runs, relays, passes] = await Promise.all([load(loadRuns), load(loadRelays), load(loadPassRelays)]);
  return holds.map((hold) => ({
    ...hold,
    ...subjectOf(runs.get(hold.ref), relays.get(hold.ref), passes.get(hold.ref)),
    // The hold of what the house sends has no end of its own: the chain decides, however long that takes.
    expiresAt: relays.has(hold.ref) || passes.has(hold.ref) ? null : hold.expiresAt,
  }));
}

function subjectOf(run?: RunSubject, relay?: RelaySubject, pass?: PassRelaySubject): { text: string; href: string | null } {
  if (run) return { text: `Run of ${run.modelName}`, href: run.href };
  if (relay) return { text: `Mint of ${relay.title}`, href: relay.href };
  if (!pass) return { text: 'Set aside', href: null };
  return { text: `${pass.kind === 'purchase' ? 'Purchase' : 'Renewal'} of a pass: ${pass.title}`, href: pass.href };
}
