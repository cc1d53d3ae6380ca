import { isInteger, parse, stringify } from 'lossless-json';

/** Integers beyond 2^53 become bigints, so that a seed stays exact; all other numbers stay numbers. */
const numberOf = (text: string): number | bigint => (isInteger(text) && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text));

/** Parses JSON without rounding integers. Throws SyntaxError. */
export const parseExactJson = (text: string): unknown => parse(text, undefined, numberOf);

/** JSON in which bigints are numbers, digit by digit. */
export const toExactJson = (value: unknown): string => stringify(value) ?? 'null';
