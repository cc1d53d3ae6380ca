import { ProtocolError } from './protocol-error';

const encoder = new TextEncoder();

/** UTF-8 length of a text, which is what the contract counts. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/**
 * Whether a text may stand between two quotes of a JSON string unescaped, as the contract's JsonText decides it: well-formed, without
 * control characters (C0, DEL, C1), quote or backslash.
 */
export function isSafeText(text: string): boolean {
  return !/[\p{Cc}\p{Cs}"\\]/u.test(text);
}

export const MAX_LABEL_BYTES = 128;
export const MAX_BASE_BYTES = 200;

/** Throws ProtocolError on a label the contract would refuse: 1 to 128 bytes of safe text. */
export function assertLabel(label: string): void {
  const bytes = utf8Length(label);
  if (bytes < 1 || bytes > MAX_LABEL_BYTES || !isSafeText(label)) {
    throw new ProtocolError(`a label has 1 to ${MAX_LABEL_BYTES} bytes without control characters, quotes or backslashes`);
  }
}

/** Throws ProtocolError on a base of `external_url` that the factory would refuse: 1 to 200 bytes of safe text. */
export function assertBase(base: string): void {
  const bytes = utf8Length(base);
  if (bytes < 1 || bytes > MAX_BASE_BYTES || !isSafeText(base)) {
    throw new ProtocolError(`an external address has 1 to ${MAX_BASE_BYTES} bytes without control characters, quotes or backslashes`);
  }
}
