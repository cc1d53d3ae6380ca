import { concatHex, type Hex, hexToBytes, numberToHex, sha256, size, slice, stringToHex } from 'viem';
import { DAG_PB, type FileCid, RAW } from './cid';
import { FROZEN } from './evolve-terms';
import { assertLabel } from './json-text';
import { ProtocolError } from './protocol-error';
import { NO_PARENT, type Receipt } from './receipt';
import { decodeTraits } from './traits';

/** What a work shows beside its receipt. `label` of 1 to 128 bytes; `traits` as `encodeTraits` gives them. */
export type Shown = { image: FileCid; label: string; traits: Hex };

/** A token's first record; `params` is the canonical text, `evolve` its terms (`0x` for a frozen token). */
export type FirstRecord = Shown & { receipt: Receipt; params: string; evolve: Hex };

/** A later step's record. */
export type StepRecord = Shown & { receipt: Receipt };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const PARENT = 1;
const TERMS = 2;

/**
 * The record of a first work in bytes, as `contracts/src/lib/Records.sol` reads them: the same string in a mint's calldata, in the log of
 * the mint, and in everything one shows to a collection. Throws ProtocolError on a label or traits that the contract refuses.
 */
export function encodeRecord({ params, evolve, ...record }: FirstRecord): Hex {
  return concatHex([encodeHead(record, evolve), stringToHex(params)]);
}

/** The same for a step. */
export function encodeStep(record: StepRecord): Hex {
  return concatHex([encodeHead(record, FROZEN), record.receipt.paramsHash]);
}

function encodeHead({ receipt, image, label, traits }: StepRecord, evolve: Hex): Hex {
  assertLabel(label);
  decodeTraits(traits); // throws on what the contract refuses
  const bytes = stringToHex(label);
  const texts = concatHex([numberToHex(size(bytes), { size: 1 }), bytes, traits]);
  const hasParent = receipt.parent !== NO_PARENT;
  const flags = (hasParent ? PARENT : 0) | (evolve === FROZEN ? 0 : TERMS);
  return concatHex([
    ...[receipt.version, numberToHex(receipt.seed, { size: 8 }), receipt.promptHash, receipt.content],
    ...[numberToHex(image.codec, { size: 1 }), image.digest, numberToHex(flags, { size: 1 })],
    ...[hasParent ? receipt.parent : '0x', evolve, numberToHex(size(texts), { size: 2 }), texts],
  ] as Hex[]);
}

/** Reads a first record back. Throws ProtocolError where the contract would revert with BadRecord. */
export function decodeRecord(record: Hex): FirstRecord {
  const { rest, evolve, ...head } = decodeHead(record);
  return { ...head, evolve, params: utf8.decode(hexToBytes(rest)), receipt: { ...head.receipt, paramsHash: sha256(rest) } };
}

/** Reads a step's record back. Throws ProtocolError where the contract would revert with BadRecord. */
export function decodeStep(record: Hex): StepRecord {
  const { rest, evolve, ...head } = decodeHead(record);
  if (size(rest) !== 32 || evolve !== FROZEN) throw new ProtocolError('a step’s record ends with paramsHash, and has no evolve terms');
  return { ...head, receipt: { ...head.receipt, paramsHash: rest } };
}

function decodeHead(record: Hex) {
  const take = reader(record);
  const [version, seed, promptHash, content] = [take(32), BigInt(take(8)), take(32), take(32)];
  const codec = Number(take(1));
  const digest = take(32);
  const flags = Number(take(1));
  const parent = flags & PARENT ? take(32) : NO_PARENT;
  const evolve = flags & TERMS ? take(29) : FROZEN;
  if (flags > 3 || (flags & PARENT && parent === NO_PARENT) || /^0x0{58}$/.test(evolve)) throw new ProtocolError('a record’s flags are wrong');
  if (codec !== RAW && codec !== DAG_PB) throw new ProtocolError(`not a codec: ${codec}`);
  const takeText = reader(take(Number(take(2))));
  const label = utf8.decode(hexToBytes(takeText(Number(takeText(1)))));
  const receipt = { version, seed, promptHash, content, parent };
  return { receipt, image: { codec, digest } as FileCid, label, traits: takeText(), evolve, rest: take() };
}

/** Hands out a string of bytes piece by piece; without a length, all that is left. */
function reader(bytes: Hex) {
  let at = 0;
  const total = size(bytes);
  return (length = total - at): Hex => {
    if (at + length > total) throw new ProtocolError('the record ends early');
    const piece = length === 0 ? '0x' : slice(bytes, at, at + length);
    at += length;
    return piece;
  };
}
