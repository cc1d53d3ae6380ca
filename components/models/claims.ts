type Claim = { name: string; short: string; long: string };

/** Reproducibility grades of the protocol, in plain words. */
const reproducibility: Record<string, Claim> = {
  A: {
    name: 'A, re-executable',
    short: 'The same settings and seed give the same pixels, so a run can be repeated and compared.',
    long: 'The strongest grade. Anyone who may run this version can run it again with the recorded seed and parameters and must get the very same picture, byte for byte of its pixels.',
  },
  B: {
    name: 'B, weights reported',
    short: 'The server reported the fingerprint of the weights it ran.',
    long: 'The run cannot be repeated exactly, but the server that ran it reported the hash of its weights and we compared that with the published one.',
  },
  C: {
    name: 'C, version reported',
    short: 'The provider reported which version it ran.',
    long: 'The run cannot be repeated exactly. The hosting provider named the version that answered, and we compared it with the declared one. You trust the provider’s word.',
  },
  D: {
    name: 'D, self-declared',
    short: 'The maker says which model ran; nothing else confirms it.',
    long: 'The weakest grade. The signature shows that the maker’s key stands behind the work, but that this model made it is the maker’s word alone.',
  },
};

/** Who holds the key that signs receipts, in plain words. */
const custody: Record<string, Claim> = {
  platform: {
    name: 'Kept by Intaglio',
    short: 'Intaglio holds the key of this version and signs after checking the output.',
    long: 'The key is stored encrypted on our side, or in a key service that signs with it and never shows it, and signs a receipt for each delivered work; the receipt says which. You trust that we only sign what this version’s endpoint returned.',
  },
  creator: {
    name: 'Kept by the maker',
    short: 'The maker’s own environment signs each output; Intaglio never has the key.',
    long: 'The key never leaves the maker’s environment. Each work arrives signed, and we check the signature before you are charged.',
  },
};

const unknown: Claim = { name: 'Not known', short: 'This version makes no such claim.', long: 'This version makes no such claim.' };

export const reproducibilityClaim = (grade: string): Claim => reproducibility[grade] ?? unknown;
export const custodyClaim = (kind: string): Claim => custody[kind] ?? unknown;

/** What a signature by a version key does and does not show. Said wherever one is shown. */
export const SIGNATURE_MEANS =
  'The signature shows that the holder of this version’s key stands behind exactly this work with these settings. It is a signed statement, not a mathematical proof that the computation took place.';
