import { mapLimited } from '../bench/report';
import { waitFor } from '../lib/wait';
import type { Books } from './books';
import { compare } from './compare';
import { startLoad } from './load';
import type { Memory } from './memory';
import type { MortalPostgres } from './server';

const NO_PROGRESS_MS = 120_000;
const AT_ONCE = 16;

export type Round = { unknown: number; recoveryMs: number; wrong: string[] };

/** Load, a kill in its middle once `effects` more were acknowledged, recovery, every lost answer asked for again, and the comparison. */
export async function playRound(
  server: MortalPostgres,
  books: Books,
  memory: Memory,
  { seed, effects }: { seed: string; effects: number },
): Promise<Round> {
  const before = { holds: memory.holds.size, posts: memory.posts.size };
  const load = startLoad(books, memory, seed);
  const until = memory.counts.effects + effects;
  const reached = waitFor(() => (memory.counts.effects >= until ? true : undefined), NO_PROGRESS_MS, 2);
  await Promise.race([reached, load.stopped]);
  await server.kill();
  await load.stopped;
  const killedAt = performance.now();
  await server.restart();
  const recoveryMs = performance.now() - killedAt;
  const { unknown } = load;
  await mapLimited(unknown, AT_ONCE, (operation) => operation());
  const holds = [...memory.holds.values()].slice(before.holds);
  const posts = [...memory.posts.values()].slice(before.posts);
  return { unknown: unknown.length, recoveryMs, wrong: await compare(books, memory, holds, posts) };
}

/** Everything that was ever acknowledged in these books. */
export const compareAll = (books: Books, memory: Memory): Promise<string[]> =>
  compare(books, memory, [...memory.holds.values()], [...memory.posts.values()]);
