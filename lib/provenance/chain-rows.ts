import { isAddressEqual } from 'viem';
import type { WorkRecord } from '@/lib/protocol/work-record';
import type { CollectionFacts } from './read-collection';
import type { VerifyRow } from './schema';

const version = {
  link: 'version',
  title: 'The version is its creator’s, on our contracts',
  proves: 'The key was registered by the account that the model’s manifest names, in a collection whose rules we know.',
} as const;
const owner = { link: 'owner', title: 'The token has an owner', proves: 'It was minted, and this account holds it now.' } as const;
const prompt = { link: 'prompt', title: 'The prompt is the one signed', proves: 'The prompt shown is the prompt of the run.' } as const;

/** A prompt is private: the receipt commits to it with a salted hash that only its holder can open. */
export function promptRow(record: WorkRecord | null): VerifyRow {
  const detail = record
    ? `Commitment ${record.receipt.promptHash}. Only whoever holds the prompt and its salt can open it.`
    : 'Nothing to check without a record.';
  return { ...prompt, result: 'not_checked', detail };
}

/** Whether the collection is one of our factory's, knows the version, and belongs to the manifest's creator. `facts` null: nobody could be asked. */
export function versionRow(record: WorkRecord | null, facts: CollectionFacts | null, creator: string | null): VerifyRow {
  const row = (result: VerifyRow['result'], detail: string): VerifyRow => ({ ...version, result, detail });
  if (!record) return row('not_checked', 'Nothing to check without a record.');
  if (!facts) return row('not_checked', `Chain ${record.chainId} was not asked: it is another one than ours, or does not answer.`);
  if (!facts.factoryMade) return row('fail', `Collection ${record.collection} was not made by our factory.`);
  if (!facts.signer) return row('fail', `The collection does not know version ${record.receipt.version}.`);
  if (!creator) return row('not_checked', `We do not hold the manifest of version ${record.receipt.version}.`);
  if (facts.owner.toLowerCase() !== creator) return row('fail', `The collection belongs to ${facts.owner}, the manifest names ${creator}.`);
  const revoked = facts.revokedAt ? ` The key was revoked for runs from ${new Date(facts.revokedAt * 1000).toISOString()} on.` : '';
  return row('pass', `Key ${facts.signer}, registered by ${facts.owner}.${revoked}`);
}

/** Who holds the token that a file belongs to. `holder` undefined: not asked; null: no such token. */
export function ownerRow(holder: `0x${string}` | null | undefined, indexed: string | null): VerifyRow {
  if (holder === undefined) return { ...owner, result: 'not_checked', detail: 'The chain was not asked.' };
  if (holder === null && indexed === null) return { ...owner, result: 'not_checked', detail: 'Not minted.' };
  if (holder === null) return { ...owner, result: 'fail', detail: `The chain has no such token; our index names ${indexed}.` };
  const moved = indexed !== null && !isAddressEqual(holder, indexed as `0x${string}`) ? ' It moved a moment ago.' : '';
  return { ...owner, result: 'pass', detail: `Owned by ${holder.toLowerCase()}.${moved}` };
}
