import 'server-only';
import { chainId } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { accessFacts, type KnownPass } from './access-facts';
import { decideAccess, earlyOf } from './decide-access';
import { currentPasses, refuseStuckNode } from './read-holders';
import { type Access, type PassGrant, passIdInput } from './schema';
import { unindexedPasses } from './unindexed-passes';

/** Who asks: an address that was proven, and its user. */
export type AccessSeeker = { address: string; userId: string };

/**
 * Whether somebody may run a model right now, and with which pass. Who holds what is read at this moment: from the index where that is as
 * new as the chain, else from the chain. With `passId` that pass has to be theirs and open the model; without, the one of theirs of which most runs are left.
 * The creator always may. Throws `not_found` (no such model), `invalid_input` (no name of a pass), `chain_unavailable`.
 */
export async function checkAccess(db: Database, who: AccessSeeker, modelId: string, { passId }: { passId?: string } = {}): Promise<Access> {
  const named = passId === undefined ? null : nameOf(passId);
  const address = who.address.toLowerCase();
  // Where nothing depends on a pass, a chain that does not answer keeps nobody out.
  const chain = await chainId().catch(() => null);
  const facts = await accessFacts(db, { chainId: chain ?? NO_CHAIN, address, modelId, passId: named });
  if (!facts) throw new AppError('not_found');
  const isCreator = facts.creatorId === who.userId;
  const isOpen = !named && (isCreator || (!facts.rule && !earlyOf(facts, new Date())));
  if (chain === null && !isOpen) throw new AppError('chain_unavailable');
  if (!isOpen) await refuseStuckNode(facts);
  const passes: KnownPass[] = await currentPasses(facts).catch((error: unknown) => {
    if (isOpen && error instanceof AppError && error.code === 'chain_unavailable') return [];
    throw error;
  });
  const missing = named ? passes.length === 0 : !isOpen && !passes.some(({ holder }) => holder === address);
  if (missing) passes.push(...(await unindexedPasses(db, facts, { chainId: chain ?? NO_CHAIN, address, modelId, passId: named })));
  return decideAccess(db, { facts, passes, address, isCreator, named });
}

function nameOf(passId: string): string {
  const { data } = passIdInput.safeParse(passId);
  if (!data) throw new AppError('invalid_input', { details: { fields: { passId: 'is not a pass' } } });
  return data;
}

/** No chain has this number, so nothing is found there. */
const NO_CHAIN = 0;
/** The same for callers who go on only if allowed. Throws `pass_required`, `pass_expired`, `pass_moved`, `pass_frozen` with `details.missing`. */
export async function requireAccess(
  db: Database,
  who: AccessSeeker,
  modelId: string,
  options: { passId?: string } = {},
): Promise<{ pass: PassGrant | null; needsRun: 'none' | 'trial' }> {
  const access = await checkAccess(db, who, modelId, options);
  if (!access.allowed) throw new AppError(access.code, { details: { missing: access.missing } });
  return access;
}
