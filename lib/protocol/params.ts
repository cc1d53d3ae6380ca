import { canonicalize } from 'json-canonicalize';
import type { Hex } from 'viem';
import { sha256Hex } from './hash';

/** RFC 8785 JSON of all parameters (defaults filled, without prompt and seed). Integers become strings, so that no reader rounds them. */
export function paramsText(params: Record<string, string | number | boolean>): string {
  return canonicalize(
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? integerText(name, value) : value])),
  );
}

function integerText(name: string, value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`parameter ${name} is not an integer: ${value}`);
  return value.toString();
}

/** `paramsHash` of a receipt: sha-256 of the parameter text's UTF-8 bytes. */
export function paramsHash(text: string): Hex {
  return sha256Hex(text);
}
