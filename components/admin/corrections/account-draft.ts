import { accountNames, type NamedKind } from '@/lib/corrections/account-names';
import type { AccountInput } from '@/lib/corrections/schema';

/** `number`: named by its id; else by what it is, whose, and of what. */
export type AccountDraft = { kind: NamedKind | 'number'; owner: string; sub: string; id: string };

export const emptyAccount: AccountDraft = { kind: 'collector_purchased', owner: '', sub: '', id: '' };

/** Whether the account is the house's own, so that nobody has to say whose it is. */
export const isOfHouse = (kind: NamedKind): boolean => accountNames[kind].startsWith('House');

/** What the server is asked. */
export function toAccountInput({ kind, owner, sub, id }: AccountDraft): AccountInput {
  return kind === 'number' ? { id: id.trim() } : { kind, owner: isOfHouse(kind) ? 'house' : owner.trim(), sub: sub.trim() };
}
