import { type Hex, isAddressEqual } from 'viem';
import { batchDigest } from '@/lib/protocol/batch';
import type { Manifest } from '@/lib/protocol/manifest';
import type { WorkRecord } from '@/lib/protocol/work-record';
import { type CollectionFacts, reasonOf } from './ask-collection';
import type { ChainReader } from './chain-reader';
import { checkSignature } from './check-signature';
import type { FoundManifest } from './find-manifest';
import { digestOf } from './open-file';
import type { VerifyRow } from './schema';
import { CUSTODY, GRADES, row } from './words';

const UNASKED = ['signature', 'version', 'factory', 'creator'] as const;

/**
 * Whose key signed, where it is registered, in whose contract, and whose word it is. `isFixed`: the chain itself took the record while the key counted
 * (`isFixedOnChain`), which is all that can be told of the time of a signature.
 */
export async function collectionRows(
  chain: ChainReader | undefined,
  record: WorkRecord,
  facts: CollectionFacts,
  found: FoundManifest,
  isFixed: boolean,
): Promise<VerifyRow[]> {
  if (facts.state === 'silent' || !chain) {
    const why = facts.state === 'silent' ? facts.why : '';
    return UNASKED.map((id) => (id === 'creator' && found.problem ? creatorRow(null, found) : row(id, 'not_checked', why)));
  }
  if (facts.state === 'foreign') {
    const rest = UNASKED.filter((id) => id !== 'factory').map((id) => row(id, 'not_checked', 'A contract of somebody else’s is not asked.'));
    return [...rest, row('factory', 'failed', `No factory of ours made ${record.collection}.`)];
  }
  const { kind, factory } = facts;
  return [
    await signatureRow(chain, record, facts),
    versionRow(record, facts, isFixed),
    row('factory', 'ok', `Made by ${factory}, as a ${kind === 'drop' ? 'drop' : 'collection of works'}.`),
    creatorRow(facts, found),
  ];
}

type Ours = Extract<CollectionFacts, { state: 'ours' }>;

function versionRow({ receipt }: WorkRecord, { signer, keyOwner, revokedAt }: Ours, isFixed: boolean): VerifyRow {
  if (!signer) return row('version', 'failed', `The collection does not know version ${receipt.version}.`);
  const registered = `Key ${signer}, in the collection of ${keyOwner}.`;
  if (!revokedAt) return row('version', 'ok', registered);
  const revoked = `${registered} It was revoked for runs from ${new Date(revokedAt * 1000).toISOString()} on.`;
  if (isFixed) return row('version', 'ok', `${revoked} The chain took this record as one of a run before that.`);
  const meaning = 'The key was revoked, and when this was signed cannot be known: whoever has the key now could have signed it today.';
  return row('version', 'not_checked', revoked, { meaning });
}

async function signatureRow(chain: ChainReader, record: WorkRecord, { signer, signerIsContract, kind }: Ours): Promise<VerifyRow> {
  if (!signer) return row('signature', 'failed', `No key is registered for version ${record.receipt.version}.`);
  const { batch, collection, chainId, receipt, signature } = record;
  if ((kind === 'drop') !== (batch !== undefined)) return row('signature', 'failed', 'In a drop the batch is signed, anywhere else the receipt.');
  const hash = batch ? batchDigest(chainId, collection, { version: receipt.version, root: batch.root, count: batch.count }) : digestOf(record);
  try {
    const { holds, detail } = await checkSignature(chain, { signer, isContract: signerIsContract, hash, signature });
    return row('signature', holds ? 'ok' : 'failed', detail);
  } catch (error) {
    return row('signature', 'not_checked', `The key’s contract could not be asked: ${reasonOf(error)}`);
  }
}

function creatorRow(facts: Ours | null, { manifest, problem }: FoundManifest): VerifyRow {
  if (problem) return row('creator', 'failed', problem);
  if (!manifest || !facts) return row('creator', 'not_checked', 'The file does not carry the version’s manifest, and it was not given.');
  const creator = manifest.creator as Hex;
  const { owner, keyOwner } = facts;
  if (!isAddressEqual(owner, creator)) return row('creator', 'failed', `The collection belongs to ${owner}, the manifest names ${creator}.`);
  if (!isAddressEqual(keyOwner, creator)) {
    return row('creator', 'failed', `The key is registered in a collection that belongs to ${keyOwner}, the manifest names ${creator}.`);
  }
  return row('creator', 'ok', `${manifest.name}, version ${manifest.number}, by ${creator}.`);
}

/** What nobody can check: it is said, and said to be no more than that. */
export function claimRows(manifest: Manifest | null, facts: CollectionFacts, rerun: Hex | undefined, content: Hex | null): VerifyRow[] {
  const unknown = 'The manifest says it, and it is not at hand.';
  const signer = facts.state === 'ours' && facts.signer ? facts : null;
  const key = signer ? `${signer.signer} is ${signer.signerIsContract ? 'an account that is a contract' : 'a plain key'}.` : 'No key was found.';
  const custody = row('custody', 'not_checked', key, { meaning: manifest ? CUSTODY[manifest.signerCustody] : unknown });
  const meaning = manifest ? GRADES[manifest.reproducibility] : unknown;
  if (rerun === undefined || content === null) return [custody, row('grade', 'not_checked', 'The run was not repeated here.', { meaning })];
  const same = rerun.toLowerCase() === content;
  const grade = row('grade', same ? 'ok' : 'failed', same ? `The run made ${content} again.` : `The run made ${rerun}, the file has ${content}.`);
  return [custody, grade];
}
