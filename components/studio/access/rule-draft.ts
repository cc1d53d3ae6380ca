import { type AccessRule, accessRule } from '@/lib/passes/schema';

export type Leaf =
  | { kind: 'pass'; tiers: number[] }
  | { kind: 'holding'; chainId: number; contract: string; standard: 'erc721' | 'erc1155'; tokenId: string; minimum: string }
  | { kind: 'allowlist'; id: string };
/** Parts joined by "any" or "all". */
export type Group = { kind: 'any' | 'all'; of: Part[] };
/** `key` keeps a part's fields where they are while others come and go. */
export type Part = { key: string } & (Leaf | Group);

let counted = 0;
export const withKey = <T extends Leaf | Group>(part: T): T & { key: string } => ({ ...part, key: `part-${++counted}` });

/** `chainId`: where a token is looked for at first. */
export const emptyParts = {
  pass: () => ({ kind: 'pass', tiers: [] }),
  holding: (chainId) => ({ kind: 'holding', chainId, contract: '', standard: 'erc721', tokenId: '', minimum: '1' }),
  allowlist: () => ({ kind: 'allowlist', id: '' }),
  group: () => ({ kind: 'all', of: [] }),
} satisfies Record<Leaf['kind'] | 'group', (chainId: number) => Leaf | Group>;

/** A rule as the builder shows it; null for one that lets everybody in. One condition alone is a group of one. */
export function draftOf(rule: AccessRule): Group | null {
  if (rule.kind === 'public') return null;
  if ('of' in rule) return { kind: rule.kind, of: rule.of.flatMap(partOf) };
  return { kind: 'any', of: partOf(rule) };
}

function partOf(rule: AccessRule): Part[] {
  if (rule.kind === 'public') return [];
  if ('of' in rule) return [withKey({ kind: rule.kind, of: rule.of.flatMap(partOf) })];
  if (rule.kind === 'pass') return [withKey({ kind: 'pass', tiers: rule.tiers ?? [] })];
  if (rule.kind === 'allowlist') return [withKey(rule)];
  const { kind, chainId, contract, standard, tokenId, minimum } = rule;
  return [withKey({ kind, chainId, contract, standard, tokenId: tokenId ?? '', minimum })];
}

type Raw = unknown;
const rawOf = (part: Leaf | Group): Raw => {
  if ('of' in part) return part.of.length === 1 && part.of[0] ? rawOf(part.of[0]) : { kind: part.kind, of: part.of.map(rawOf) };
  if (part.kind === 'pass') return part.tiers.length > 0 ? { kind: 'pass', tiers: part.tiers } : { kind: 'pass' };
  if (part.kind === 'allowlist') return { kind: 'allowlist', id: part.id };
  const { kind, chainId, contract, standard, tokenId, minimum } = part;
  return { kind, chainId, contract: contract.trim(), standard, tokenId: tokenId.trim() || null, minimum: minimum.trim() || '1' };
};

export type LeafField = 'id' | 'contract' | 'tokenId' | 'minimum';
const isNumber = (text: string) => /^(0|[1-9]\d{0,77})$/.test(text.trim());

/** What is wrong with a condition, in words, by its field; nothing where it is whole. */
export function wrongInLeaf(leaf: Leaf): Partial<Record<LeafField, string>> {
  if (leaf.kind === 'pass') return {};
  if (leaf.kind === 'allowlist') return leaf.id ? {} : { id: 'Choose a list.' };
  const { contract, standard, tokenId, minimum } = leaf;
  const wrong: Partial<Record<LeafField, string>> = {};
  if (!/^0x[0-9a-fA-F]{40}$/.test(contract.trim())) wrong.contract = 'The address of a contract is 0x and 40 digits from 0 to f.';
  if (standard === 'erc1155' && !tokenId.trim()) wrong.tokenId = 'An ERC-1155 token needs its number.';
  else if (tokenId.trim() && !isNumber(tokenId)) wrong.tokenId = 'A token’s number is a whole number.';
  if (minimum.trim() && (!isNumber(minimum) || minimum.trim() === '0')) wrong.minimum = 'How many is a whole number, from 1 on.';
  return wrong;
}

/** What is wrong with the first part that is not whole, in words; null where all are. */
function wrongIn(part: Leaf | Group): string | null {
  if (!('of' in part)) return Object.values(wrongInLeaf(part))[0] ?? null;
  return part.of.length === 0 ? 'A group is empty: add a condition to it, or remove it.' : (part.of.map(wrongIn).find(Boolean) ?? null);
}

/** The rule as the server takes it, or what is wrong with it in words. `draft` null: everybody. */
export function readRule(draft: Group | null): { rule: AccessRule; problem: null } | { rule: null; problem: string } {
  if (!draft) return { rule: { kind: 'public' }, problem: null };
  const problem = draft.of.length === 0 ? 'Add a condition, or open the model to everybody.' : wrongIn(draft);
  if (problem) return { rule: null, problem };
  const read = accessRule.safeParse(rawOf(draft));
  return read.success ? { rule: read.data, problem: null } : { rule: null, problem: 'That is more than a rule can hold: 32 parts, 4 deep.' };
}
