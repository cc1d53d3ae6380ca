import { bytesToHex, type Hex, hexToBytes } from 'viem';
import { isSafeText } from './json-text';
import { ProtocolError } from './protocol-error';

export type Trait = { name: string; value: string };

export const MAX_TRAITS_BYTES = 1024;

/**
 * Traits as the contract reads them: name, value, name, value ..., each one byte of length and then its UTF-8 bytes; `0x` for none.
 * Throws ProtocolError on an empty, over-long (255 bytes) or unsafe text, or on more than 1,024 bytes in all.
 */
export function encodeTraits(traits: readonly Trait[]): Hex {
  const bytes = traits.flatMap(({ name, value }) => [...encodeField(name), ...encodeField(value)]);
  if (bytes.length > MAX_TRAITS_BYTES) throw new ProtocolError(`traits have at most ${MAX_TRAITS_BYTES} bytes, not ${bytes.length}`);
  return bytesToHex(new Uint8Array(bytes));
}

/** Reads trait bytes back. Throws ProtocolError on exactly the bytes that the contract refuses. */
export function decodeTraits(encoded: Hex): Trait[] {
  const bytes = hexToBytes(encoded);
  if (bytes.length > MAX_TRAITS_BYTES) throw new ProtocolError(`traits have at most ${MAX_TRAITS_BYTES} bytes, not ${bytes.length}`);
  const fields: string[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const end = offset + 1 + (bytes[offset] ?? 0);
    fields.push(decodeField(bytes, offset + 1, end));
    offset = end;
  }
  if (fields.length % 2 !== 0) throw new ProtocolError('a trait has no value');
  const traits: Trait[] = [];
  for (let i = 0; i < fields.length; i += 2) traits.push({ name: fields[i] as string, value: fields[i + 1] as string });
  return traits;
}

function encodeField(text: string): number[] {
  const bytes = [...new TextEncoder().encode(text)];
  if (bytes.length < 1 || bytes.length > 255 || !isSafeText(text)) {
    throw new ProtocolError('a trait’s name and value have 1 to 255 bytes without control characters, quotes or backslashes');
  }
  return [bytes.length, ...bytes];
}

function decodeField(bytes: Uint8Array, start: number, end: number): string {
  if (end === start || end > bytes.length) throw new ProtocolError('trait bytes end within a field, or a field is empty');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start, end));
  } catch {
    throw new ProtocolError('a trait is not UTF-8');
  }
  if (!isSafeText(text)) throw new ProtocolError('a trait holds a control character, a quote or a backslash');
  return text;
}
