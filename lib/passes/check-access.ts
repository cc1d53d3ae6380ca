import 'server-only';
import { chainId } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type AccessFacts, accessFacts, type KnownPass } from './access-facts';
import { describeRule, type TierLabels } from './describe-rule';
import { grantOf } from './grant-of';
import { judgeRule } from './judge-rule';
import { currentPasses } from './read-holders';
import { type Access, type AccessDenial, type AccessRule, type PassGrant, passIdInput } from './schema';
import { unindexedPasses } from './unindexed-passes';

/** Who asks: an address that was proven, and its user. */
export type AccessSeeker = { address: string; userId: string };

/**
 * Whether somebody may run a model right now, and with which pass. Who holds what is read at this moment: from the index where that is as
 * new as the chain, else from the chain. With `passId` that pass has to be theirs and open the model; without, the best they hold is used.
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
  const passes: KnownPass[] = await currentPasses(facts).catch((error: unknown) => {
    if (isOpen && error instanceof AppError && error.code === 'chain_unavailable') return [];
    throw error;
  });
  const missing = named ? passes.length === 0 : !isOpen && !passes.some(({ holder }) => holder === address);
  if (missing) passes.push(...(await unindexedPasses(db, facts, { chainId: chain ?? NO_CHAIN, address, modelId, passId: named })));
  return decide(db, { facts, passes, address, isCreator, named });
}

function nameOf(passId: string): string {
  const { data } = passIdInput.safeParse(passId);
  if (!data) throw new AppError('invalid_input', { details: { fields: { passId: 'is not a pass' } } });
  return data;
}

/** No chain has this number, so nothing is found there. */
const NO_CHAIN = 0;
/** Until when only early access counts, if it still does. */
const earlyOf = ({ earlyUntil }: AccessFacts, now: Date) => (earlyUntil && earlyUntil > now ? earlyUntil : null);

type Case = { facts: AccessFacts; passes: KnownPass[]; address: string; isCreator: boolean; named: string | null };

async function decide(db: Database, { facts, passes, address, isCreator, named }: Case): Promise<Access> {
  const now = new Date();
  const held = passes.filter((pass) => pass.holder === address && pass.opens);
  const good = held.filter(({ expiresAt }) => !expiresAt || expiresAt > now);
  if (named && good.length === 0) return refuse(db, facts, whatAilsIt(passes[0], address));
  const early = earlyOf(facts, now);
  const counts = early ? good.filter((pass) => pass.earlyAccess) : good;
  const rule: AccessRule = early ? { kind: 'all', of: [{ kind: 'pass' }, facts.rule ?? { kind: 'public' }] } : (facts.rule ?? { kind: 'public' });
  const { allowlists } = facts;
  if (isCreator || (await judgeRule(rule, { address, passes: counts, allowlists }))) {
    const [best] = counts;
    return { allowed: true, pass: best ? grantOf(best, facts.blocks[0]?.number ?? 0n, now) : null, needsRun: 'none' };
  }
  if (!named && !early && facts.trialRuns > 0) return { allowed: true, pass: null, needsRun: 'trial' };
  const wouldDo = held.length > good.length && (await judgeRule(rule, { address, passes: held, allowlists }));
  return refuse(db, facts, wouldDo ? 'pass_expired' : 'pass_required', early);
}

function whatAilsIt(pass: KnownPass | undefined, address: string): AccessDenial {
  if (!pass) return 'pass_required';
  if (pass.holder !== address) return 'pass_moved';
  return pass.opens ? 'pass_expired' : 'pass_required';
}

async function refuse({ prisma }: Database, facts: AccessFacts, code: AccessDenial, early: Date | null = null): Promise<Access> {
  if (early) return { allowed: false, code, missing: [`a pass with early access, until ${early.toISOString()}`] };
  const tiers = await prisma.passTier.findMany({ where: { passes: { creatorId: facts.creatorId } }, select: { tierId: true, label: true } });
  const labels: TierLabels = new Map(tiers.map(({ tierId, label }) => [tierId, label]));
  return { allowed: false, code, missing: describeRule(facts.rule ?? { kind: 'pass' }, labels) };
}

/** The same for callers who go on only if allowed. Throws `pass_required`, `pass_expired`, `pass_moved` with `details.missing`. */
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
