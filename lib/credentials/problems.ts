/** What is wrong, by C2PA's own code (specification 2.2, 15.2) or one of ours, and in words for somebody who never read it. */
export type Problem = { code: string; words: string; where: 'file' | 'ingredient' };

const WORDS: Record<string, string> = {
  'assertion.dataHash.mismatch': 'The file was changed after it was signed.',
  'assertion.dataHash.malformed': 'The signed hash of the file cannot be read.',
  'assertion.hashedURI.mismatch': 'One of the signed statements was changed after it was signed.',
  'assertion.missing': 'A signed statement was taken out.',
  'assertion.undeclared': 'A statement stands beside the signed ones without being signed.',
  'assertion.action.malformed': 'The history of the file is not written as the standard asks.',
  'claim.missing': 'The signed list of statements is missing.',
  'claim.multiple': 'There is more than one signed list of statements.',
  'claim.malformed': 'The signed list of statements cannot be read.',
  'claimSignature.missing': 'The signature is missing.',
  'claimSignature.mismatch': 'The signature does not belong to what the file says.',
  'claimSignature.outsideValidity': 'It was signed while the certificate was not valid.',
  'manifest.inaccessible': 'The credentials are kept elsewhere, and we do not fetch them.',
  'signingCredential.untrusted': 'The signature holds, but its signer is not on the list of those who are trusted here.',
  'signingCredential.invalid': 'The signer’s certificate is not fit to sign credentials.',
  'signingCredential.expired': 'The signer’s certificate has expired, and no time stamp says that it was signed before.',
  'signingCredential.ocsp.revoked': 'The signer’s certificate was revoked.',
  'timeStamp.mismatch': 'The time stamp belongs to another signature.',
  'timeStamp.untrusted': 'The time stamp comes from an authority that is not trusted here.',
  'timeStamp.malformed': 'The time stamp cannot be read.',
  'ingredient.manifest.missing': 'The credentials of a work it was made from are missing.',
  'ingredient.manifest.mismatch': 'The credentials of a work it was made from were changed.',
  'intaglio.unreadable': 'There are credentials in the file, and they cannot be read.',
  'intaglio.damaged': 'A part of the file is damaged, or something was added behind its end.',
  'intaglio.revoked': 'The house revoked the certificate that signed this.',
  'intaglio.receipt.ambiguous': 'The file carries more than one of our receipts, so none of them counts.',
  'intaglio.receipt.malformed': 'What the file calls our receipt is not one.',
};

export function problemOf(code: string, where: Problem['where'] = 'file'): Problem {
  return { code, where, words: WORDS[code] ?? `A check of the credentials failed (${code}).` };
}
