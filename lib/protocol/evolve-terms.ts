import { concatHex, type Hex, isHex, numberToHex, size } from 'viem';
import { ProtocolError } from './protocol-error';

/** What the first metadata of a dynamic work allows. */
export type EvolveTerms = {
  /** Who may bring a signed step. */
  by: 'anyone' | 'holder';
  /** A contract that has the last word on each step; zero for none. */
  rule: Hex;
  /** Last second of the last step, 0 for no end. */
  until: bigint;
};

/** Terms of a frozen token. */
export const FROZEN: Hex = '0x';

/** The 29 bytes as the contract reads them: who (1), rule (20), until (8, big-endian). */
export function encodeEvolveTerms({ by, rule, until }: EvolveTerms): Hex {
  if (until < 0n || until >= 2n ** 64n) throw new ProtocolError('evolve terms end at a second below 2^64');
  return concatHex([by === 'anyone' ? '0x01' : '0x02', rule.toLowerCase() as Hex, numberToHex(until, { size: 8 })]);
}

/** Reads terms back; null for none. Throws ProtocolError on exactly the bytes that the contract refuses. */
export function decodeEvolveTerms(encoded: Hex): EvolveTerms | null {
  if (encoded === FROZEN) return null;
  if (!isHex(encoded) || size(encoded) !== 29) throw new ProtocolError('evolve terms have 29 bytes or none');
  const by = Number(encoded.slice(0, 4));
  if (by !== 1 && by !== 2) throw new ProtocolError('evolve terms start with 1 (anyone) or 2 (holder)');
  return { by: by === 1 ? 'anyone' : 'holder', rule: `0x${encoded.slice(4, 44)}`, until: BigInt(`0x${encoded.slice(44)}`) };
}

/** The terms as the metadata shows them. */
export function renderEvolveTerms(encoded: Hex): string {
  const terms = decodeEvolveTerms(encoded);
  if (!terms) return 'null';
  return `{"by":"${terms.by}","rule":"${terms.rule}","until":"${terms.until}"}`;
}
