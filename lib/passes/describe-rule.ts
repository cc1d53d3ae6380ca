import type { AccessRule } from './schema';

/** Labels of the creator's tiers by number. */
export type TierLabels = Map<number, string>;

/** Names of chains beside ours, and those that did not answer. */
export type ChainWords = { names?: Map<number, string>; silent?: Set<number> };

/** What would let somebody in, a line each: any of them is enough. */
export function describeRule(rule: AccessRule, labels: TierLabels, chains: ChainWords = {}): string[] {
  return rule.kind === 'any' ? rule.of.flatMap((one) => describeRule(one, labels, chains)) : [phrase(rule, labels, chains)];
}

function chainWords(chainId: number, { names, silent }: ChainWords): string {
  const name = names?.get(chainId);
  return `${name ? `${name}, ` : ''}chain ${chainId}${silent?.has(chainId) ? ', which does not answer right now' : ''}`;
}

function phrase(rule: AccessRule, labels: TierLabels, chains: ChainWords): string {
  switch (rule.kind) {
    case 'public':
      return 'nothing';
    case 'pass': {
      const names = rule.tiers?.map((tier) => labels.get(tier) ?? `tier ${tier}`);
      return names ? `a pass: ${names.join(' or ')}` : 'a pass of this creator';
    }
    case 'allowlist':
      return 'a place on a list of this creator';
    case 'holding': {
      const what = rule.standard === 'erc721' ? 'ERC-721' : 'ERC-1155';
      const token = rule.tokenId === null ? `${rule.minimum} or more tokens` : `token ${rule.tokenId}`;
      const count = rule.standard === 'erc1155' && rule.minimum !== '1' ? `${rule.minimum} of ` : '';
      return `${count}${token} of ${rule.contract} (${what}, ${chainWords(rule.chainId, chains)})`;
    }
    default:
      return rule.of
        .map((one) => ('of' in one && `(${phrase(one, labels, chains)})`) || phrase(one, labels, chains))
        .join(rule.kind === 'any' ? ', or ' : ', and ');
  }
}
