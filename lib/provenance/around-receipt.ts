import { isAddressEqual } from 'viem';
import { cidText, rawCid } from '@/lib/protocol/cid';
import { type Manifest, versionDigest } from '@/lib/protocol/manifest';
import { metadataCid, tokenIdOf } from '@/lib/protocol/metadata';
import type { CollectionFacts } from '@/lib/verifier/ask-collection';
import { recover } from '@/lib/verifier/check-signature';
import type { VerifyRow } from '@/lib/verifier/schema';
import { row } from '@/lib/verifier/words';
import type { Around, PastedReceipt } from './pasted-receipt';

type Known = { own: `0x${string}`; manifest: Manifest | null; facts: CollectionFacts };

const WORDS = {
  checked: 'What the file says around the receipt is so',
  repeatable: 'Anyone with the file and any node of the chain.',
  ok: 'What it says of model, key and token is what manifest, chain and metadata say.',
  failed: 'Something beside the receipt is false. Only what was signed can still hold.',
};

/** What a receipt's file says that nobody signed: each of it has to follow from the manifest, the chain, or the token's own metadata. */
export async function aroundRow(pasted: PastedReceipt, known: Known): Promise<VerifyRow[]> {
  const { around, receipt, signature } = pasted;
  if (!around) return [];
  const { checked, repeatable, ok, failed } = WORDS;
  const key = known.facts.state === 'ours' ? known.facts.signer : null;
  const signedByKey = key !== null && isAddressEqual((await recover(known.own, signature)) ?? NOBODY, key);
  const problems = [
    ...(known.manifest ? claimProblems(around, known.manifest) : []),
    ...(around.manifest ? manifestProblems(around.manifest, receipt.version) : []),
    ...(around.signer && key ? signerProblems(around.signer, { key, signedByKey }) : []),
    ...(around.token ? tokenProblems(around.token, receipt) : []),
  ];
  if (problems.length > 0) return [row('record', 'failed', problems.join(' '), { checked, repeatable, meaning: failed })];
  const isOpen = !known.manifest || (around.signer && !key);
  if (isOpen) return [row('record', 'not_checked', 'The version’s manifest or its key could not be read.', { checked, repeatable })];
  const left = around.token ? 'The transaction of the mint was not looked up.' : 'It names no token.';
  return [row('record', 'ok', left, { checked, repeatable, meaning: ok })];
}

const NOBODY = '0x0000000000000000000000000000000000000000';

const differs = (what: string, said: unknown, is: unknown) => (said === undefined || said === is ? [] : [`It says ${what} ${said}, which is ${is}.`]);

function claimProblems({ kind, reproducibility, signer }: Around, manifest: Manifest): string[] {
  return [
    ...differs('kind', kind, manifest.kind),
    ...differs('grade', reproducibility, manifest.reproducibility),
    ...differs('custody', signer?.custody, manifest.signerCustody),
  ];
}

function manifestProblems({ cid, text }: NonNullable<Around['manifest']>, version: string): string[] {
  return [...differs('a manifest of version', versionDigest(text), version), ...differs('the manifest’s CID', cid, cidText(rawCid(text)))];
}

/** A contract accepts what its key signed as well, so `erc1271` is false only where the key itself is the one registered. */
function signerProblems({ address, kind }: NonNullable<Around['signer']>, { key, signedByKey }: { key: string; signedByKey: boolean }): string[] {
  const isContract = kind === 'erc1271';
  return [
    ...differs('signer', address, key.toLowerCase()),
    ...(isContract === signedByKey ? [`It says that the signer is ${kind}, which it is not.`] : []),
  ];
}

function tokenProblems({ tokenId, metadata, ...cids }: NonNullable<Around['token']>, receipt: PastedReceipt['receipt']): string[] {
  const id = tokenIdOf(metadata);
  const said = readMetadata(metadata);
  const is = [receipt.version, receipt.seed, receipt.paramsHash, receipt.promptHash, receipt.content, receipt.parent].join();
  return [
    ...differs('token', tokenId, id),
    ...differs('the metadata’s CID', cids.metadataCid, cidText(metadataCid(id))),
    ...differs('the image’s address', `ipfs://${cids.imageCid}`, said.image),
    ...(said.receipt === is ? [] : ['Its token is that of another receipt.']),
  ];
}

/** The receipt that a token's first metadata names, and its image. */
function readMetadata(metadata: string): { image: unknown; receipt: string } {
  try {
    const { image, prompt, provenance: from } = JSON.parse(metadata);
    return { image, receipt: [from.version, from.seed, from.params_hash, prompt, from.content, from.parent].join() };
  } catch {
    return { image: 'not in it', receipt: '' };
  }
}
