import { parse, parseNumberAndBigInt, stringify } from 'lossless-json';

/** A body with every integer as a bigint, as the vendors' 64-bit servers read it; undefined where it is not JSON. */
export function readExact(body: Buffer): unknown {
  try {
    return parse(body.toString('utf8'), undefined, parseNumberAndBigInt);
  } catch {
    return undefined;
  }
}

/** JSON with bigints digit by digit. */
export const writeExact = (value: unknown): string => stringify(value) ?? 'null';
