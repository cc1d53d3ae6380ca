import 'server-only';
import { isOtherChain } from '@/lib/chain/other-chains';
import { AppError } from '@/lib/errors';
import type { KnownPass } from './access-facts';
import { type Holding, holds } from './read-holding';
import type { AccessRule } from './schema';

/** Somebody in front of a rule: passes that are good now and open the model, lists they stand on. */
export type Standing = {
  address: string;
  passes: Pick<KnownPass, 'tierId'>[];
  allowlists: string[];
  /** Chains beside ours that did not answer: each is waited for once. */
  silent: Set<number>;
};

/** Whether the rule lets them in. What we know ourselves is looked at first: other contracts are asked only where it depends on them. */
export async function judgeRule(rule: AccessRule, standing: Standing): Promise<boolean> {
  switch (rule.kind) {
    case 'public':
      return true;
    case 'pass':
      return standing.passes.some(({ tierId }) => !rule.tiers || rule.tiers.includes(tierId));
    case 'allowlist':
      return standing.allowlists.includes(rule.id);
    case 'holding':
      return holdsOrSilent(standing, rule);
    default:
      return judgeMany(rule, standing);
  }
}

async function judgeMany({ kind, of }: Extract<AccessRule, { of: AccessRule[] }>, standing: Standing): Promise<boolean> {
  const decides = kind === 'any';
  const ownFirst = of.toSorted((a, b) => Number(asksOthers(a)) - Number(asksOthers(b)));
  for (const one of ownFirst) if ((await judgeRule(one, standing)) === decides) return decides;
  return !decides;
}

/** What nobody can look at is not held. Where it is our own chain, nothing else could be said of passes either, and that is told instead. */
async function holdsOrSilent({ address, silent }: Standing, rule: Holding): Promise<boolean> {
  if (silent.has(rule.chainId)) return false;
  try {
    return await holds(address, rule);
  } catch (error) {
    if (!isOtherChain(rule.chainId) || !(error instanceof AppError && error.code === 'chain_unavailable')) throw error;
    silent.add(rule.chainId);
    return false;
  }
}

const asksOthers = (rule: AccessRule): boolean => rule.kind === 'holding' || ('of' in rule && rule.of.some(asksOthers));
