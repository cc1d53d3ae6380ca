import 'server-only';
import { otherChains } from '@/lib/chain/other-chains';
import type { Database } from '@/lib/db';
import type { AccessFacts, KnownPass } from './access-facts';
import { describeRule, type TierLabels } from './describe-rule';
import { grantOf } from './grant-of';
import { mostLeftFirst } from './included-runs';
import { judgeRule } from './judge-rule';
import type { Access, AccessDenial, AccessRule } from './schema';

/** Until when only early access counts, if it still does. */
export const earlyOf = ({ earlyUntil }: AccessFacts, now: Date) => (earlyUntil && earlyUntil > now ? earlyUntil : null);

/** Somebody in front of a model, with the passes as they are at this moment. */
type Case = { facts: AccessFacts; passes: KnownPass[]; address: string; isCreator: boolean; named: string | null };

export async function decideAccess(db: Database, { facts, passes, address, isCreator, named }: Case): Promise<Access> {
  const now = new Date();
  const held = passes.filter((pass) => pass.holder === address && pass.opens);
  const good = held.filter(({ expiresAt }) => !expiresAt || expiresAt > now);
  if (named && good.length === 0) return refuse(db, facts, whatAilsIt(passes[0], address));
  const early = earlyOf(facts, now);
  const counts = early ? good.filter((pass) => pass.earlyAccess) : good;
  // Of one that was named its freeze is for the run path to tell.
  const usable = named ? counts : counts.filter(({ isReturning }) => !isReturning);
  const rule: AccessRule = early ? { kind: 'all', of: [{ kind: 'pass' }, facts.rule ?? { kind: 'public' }] } : (facts.rule ?? { kind: 'public' });
  const silent = new Set<number>();
  const letsIn = async (some: KnownPass[]) => isCreator || judgeRule(rule, { address, passes: some, allowlists: facts.allowlists, silent });

  const indexed = facts.blocks[0]?.number ?? 0n;
  const granted = usable.map((pass) => ({ pass, grant: grantOf(pass, indexed, now) }));
  // One that would not let them in alone is not the one to come with: at the start it is named, and asked about alone.
  for (const { pass, grant } of await mostLeftFirst(db.pool, granted))
    if (await letsIn([pass])) return { allowed: true, pass: grant, needsRun: 'none' };
  if (await letsIn(usable)) return { allowed: true, pass: null, needsRun: 'none' };
  if (!named && !early && facts.trialRuns > 0) return { allowed: true, pass: null, needsRun: 'trial' };
  if (counts.length > usable.length && (await letsIn(counts))) return refuse(db, facts, 'pass_frozen', { early });
  const wouldDo = held.length > good.length && (await letsIn(held));
  return refuse(db, facts, wouldDo ? 'pass_expired' : 'pass_required', { early, silent });
}

function whatAilsIt(pass: KnownPass | undefined, address: string): AccessDenial {
  if (!pass) return 'pass_required';
  if (pass.holder !== address) return 'pass_moved';
  return pass.opens ? 'pass_expired' : 'pass_required';
}

async function refuse(
  { prisma }: Database,
  facts: AccessFacts,
  code: AccessDenial,
  { early, silent }: { early?: Date | null; silent?: Set<number> } = {},
): Promise<Access> {
  if (early) return { allowed: false, code, missing: [`a pass with early access, until ${early.toISOString()}`] };
  const tiers = await prisma.passTier.findMany({ where: { passes: { creatorId: facts.creatorId } }, select: { tierId: true, label: true } });
  const labels: TierLabels = new Map(tiers.map(({ tierId, label }) => [tierId, label]));
  return { allowed: false, code, missing: describeRule(facts.rule ?? { kind: 'pass' }, labels, { names: chainNames(), silent }) };
}

const chainNames = () => new Map(otherChains().map(({ chainId, name }) => [chainId, name]));
