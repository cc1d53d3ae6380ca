import { isInteger, parse, stringify } from 'lossless-json';

/** Integers beyond 2^53 become bigints, so that a seed stays exact; all other numbers stay numbers. */
const numberOf = (text: string): number | bigint => (isInteger(text) && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text));

/** Only such a row of digits can lose something. Without one the engine's own parser is exact, and a hundred times faster with pictures in base64. */
const LONG_NUMBER = /\d{16}/;

/** Parses JSON without rounding integers. Throws SyntaxError. */
export const parseExactJson = (text: string): unknown => (LONG_NUMBER.test(text) ? parse(text, undefined, numberOf) : JSON.parse(text));

/** JSON in which bigints are numbers, digit by digit. */
export const toExactJson = (value: unknown): string => stringify(value) ?? 'null';
