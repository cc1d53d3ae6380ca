import type { LinkId, VerifyRow } from './schema';

type Words = Pick<VerifyRow, 'checked' | 'repeatable'> & { ok: string; failed: string };

const FILE = 'Anyone with the file.';
const CHAIN = 'Anyone with the file and any node of the chain.';
const CHANGED = 'Something was changed after it was signed, or was never signed.';

const words: Record<LinkId, Words> = {
  file: {
    checked: 'The file is a whole PNG',
    repeatable: FILE,
    ok: 'No part of the file is damaged, and nothing in it makes a viewer show other pixels than those that were hashed.',
    failed: 'The file is damaged, or it is not in the form in which works are delivered.',
  },
  record: {
    checked: 'The file carries its record',
    repeatable: FILE,
    ok: 'The file says which run made it, in one well-formed record.',
    failed: 'Without a record there is nothing to check the file against. Files lose it when a chat or an editor saves them anew.',
  },
  content: {
    checked: 'The picture is the one signed',
    repeatable: FILE,
    ok: 'Not one pixel was changed since the run ended.',
    failed: 'This is not the picture that the receipt is about.',
  },
  card: {
    checked: 'The card is the one that was sealed',
    repeatable: FILE,
    ok: 'The picture of the text was not changed since it was sealed.',
    failed: 'Go by the text, not by the picture it is drawn on.',
  },
  params: {
    checked: 'The settings are the ones signed',
    repeatable: FILE,
    ok: 'The settings shown are the settings of the run.',
    failed: 'The settings shown are not those of the run.',
  },
  prompt: {
    checked: 'The prompt is the one signed',
    repeatable: 'Whoever was given the prompt and its salt.',
    ok: 'The prompt shown is the prompt of the run.',
    failed: 'This prompt, or its salt, is not the one of the run.',
  },
  receipt: {
    checked: 'The receipt has the digest it is named by',
    repeatable: FILE,
    ok: 'Version, seed, settings, prompt, content and parent are held together by one digest, which is what gets signed.',
    failed: 'The receipt in the file is another one than was asked about.',
  },
  signature: {
    checked: 'The receipt is signed by the model version’s key',
    repeatable: CHAIN,
    ok: 'The key registered for this version vouches for the run. It is a signed statement, not a proof of the computation.',
    failed: `The key of this version did not sign this receipt for this collection. ${CHANGED}`,
  },
  version: {
    checked: 'The version is registered on the chain',
    repeatable: CHAIN,
    ok: 'The owner of the collection registered this version and its key there, which nobody else can.',
    failed: 'The collection does not know this version, so nobody vouches for its key.',
  },
  factory: {
    checked: 'The collection was made by our factory',
    repeatable: CHAIN,
    ok: 'Its rules are the ones that everybody can read, and can never be changed.',
    failed: 'The contract is somebody else’s: whatever it answers would prove nothing.',
  },
  creator: {
    checked: 'The collection belongs to the model’s creator',
    repeatable: 'Anyone with the file, the version’s manifest and any node of the chain.',
    ok: 'The account that the model’s manifest names owns the collection, and nobody gets one without asking for it: no stranger registered this version in a contract of their own.',
    failed:
      'Somebody else than the creator whom the manifest names owns the collection: a stranger who made it, or the one it was handed over to. Or the manifest is not the version’s.',
  },
  custody: { checked: 'Who holds the signing key', repeatable: 'Nobody: it is what the manifest says.', ok: '', failed: '' },
  image: {
    checked: 'The file is the token’s image',
    repeatable: CHAIN,
    ok: 'The token names exactly these bytes.',
    failed: 'The token names another file, so at least one byte of this one is different.',
  },
  token: {
    checked: 'The token number follows from the file',
    repeatable: FILE,
    ok: 'The number is a digest of everything the token says, this file included. It cannot stand for anything else.',
    failed: 'The file belongs to another token than the one asked about, or to none.',
  },
  minted: {
    checked: 'The token was minted with this record',
    repeatable: CHAIN,
    ok: 'The collection itself says that the token was made with exactly this record.',
    failed: 'The collection does not know this record: file, title, traits or receipt are not those of the token.',
  },
  owner: {
    checked: 'The token has an owner',
    repeatable: CHAIN,
    ok: 'This account holds it now.',
    failed: 'There is no such token: it was never minted, or its holder burned it.',
  },
  parent: {
    checked: 'What the work was made from',
    repeatable: 'Anyone with this file and the file of the work before it.',
    ok: 'The receipt names the work that this one was made from, or says that there is none.',
    failed: 'The file that was given carries the record of the work before this one, and shows something else.',
  },
  batch: {
    checked: 'The work is one of its drop',
    repeatable: CHAIN,
    ok: 'It was fixed together with all works of the drop before any was sold, and it is the one with this number.',
    failed: 'It is not among the works that were fixed before the drop was sold, or not the one with this number.',
  },
  evolution: {
    checked: 'How the token may change',
    repeatable: CHAIN,
    ok: 'Every record of the token is bound to the one before it, up to the newest.',
    failed: 'The token’s records do not lead here.',
  },
  credentials: {
    checked: 'The Content Credentials are whole',
    repeatable: 'Anyone with the file, using any C2PA reader.',
    ok: 'Not one byte of the file was changed since it was sealed.',
    failed: 'The file, or what it says of itself, was changed after it was sealed. What it says must not be believed.',
  },
  copies: {
    checked: 'No other token shows the same',
    repeatable: 'Anyone with a node of the chain that keeps its logs.',
    ok: 'No second token of this collection was minted with the same content.',
    failed: 'Another token of this collection has the same content. Only the first can be the one that was promised.',
  },
  grade: {
    checked: 'How strong the claim about the model is',
    repeatable: 'Whoever may run this version, where its grade is A.',
    ok: 'The model was run again with the same seed and settings, and made the very same.',
    failed: 'The model was run again, and made something else.',
  },
};

const SAYS_NOTHING = 'This was not checked, and says nothing either way.';

/** A row in the words for its result. `over`: where the words are others in this case. */
export function row(id: LinkId, result: VerifyRow['result'], detail: string, over: Partial<VerifyRow> = {}): VerifyRow {
  const { checked, repeatable, ok, failed } = words[id];
  return { id, checked, repeatable, result, meaning: { ok, failed, not_checked: SAYS_NOTHING }[result], detail, ...over };
}

/** A row on two values that have to be the same. */
export function compared(id: LinkId, actual: string, expected: string, over: Partial<VerifyRow> = {}): VerifyRow {
  const same = actual.toLowerCase() === expected.toLowerCase();
  return row(id, same ? 'ok' : 'failed', same ? actual : `Found ${actual}, expected ${expected}.`, over);
}

/** What the grades of the protocol mean. */
export const GRADES = {
  A: 'Grade A: whoever may run this version gets the very same from the same seed, settings and prompt, so the claim can be checked by repeating the run.',
  B: 'Grade B: a run cannot be repeated exactly. The server that made it reported the digest of its weights, which was compared with the published one.',
  C: 'Grade C: a run cannot be repeated exactly. The provider named the version that answered, and you take the provider’s word.',
  D: 'Grade D: that this model made it is its creator’s word alone.',
} as const;

/** Whose word a signature is. */
export const CUSTODY = {
  creator: 'The creator says that the key never leaves their own environment: neither the platform nor its key service can sign in their name.',
  platform:
    'The platform keeps the key for the creator, sealed under its own wrapping key or a key service (KMS). The signature is the platform’s word that this version made it.',
} as const;
