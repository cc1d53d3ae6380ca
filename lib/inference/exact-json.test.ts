import fc from 'fast-check';
import { parse } from 'lossless-json';
import { expect, test } from 'vitest';
import { parseExactJson, toExactJson } from './exact-json';

test('integers beyond 2^53 are bigints, wherever they stand, and all other numbers are numbers', () => {
  const text =
    '{"a":196619188014358661,"b":[-9007199254740993, 9007199254740991,18446744073709551615],"c":1e20,"d":0.12500000000000000000,"e":1234567890123456.5}';
  expect(parseExactJson(text)).toEqual({
    a: 196_619_188_014_358_661n,
    b: [-9_007_199_254_740_993n, 9_007_199_254_740_991, 18_446_744_073_709_551_615n],
    c: 1e20,
    d: 0.125,
    e: 1_234_567_890_123_456.5,
  });
  expect(parseExactJson('196619188014358661')).toBe(196_619_188_014_358_661n);
});

test('digits within strings and names stay what they are', () => {
  const value = { '196619188014358661': '196619188014358661', quote: '\\" 196619188014358661 \\', slash: '\\\\', n: 1 };
  expect(parseExactJson(JSON.stringify(value))).toEqual(value);
});

test('what is no JSON is refused, with long numbers as well', () => {
  for (const text of [
    '{196619188014358661:1}',
    '[196619188014358661',
    '"196619188014358661',
    '[00196619188014358661]',
    '[1966191880143586611966"a"]',
    '[+196619188014358661]',
    '196619188014358661 1',
  ])
    expect(() => parseExactJson(text), text).toThrow(SyntaxError);
});

test('a number of millions of digits, and a picture beside a long one, cost no more time than their length', () => {
  const startedMs = performance.now();
  expect(parseExactJson(`[${'9'.repeat(3_000_000)}]`)).toEqual([Number.POSITIVE_INFINITY]);
  expect(parseExactJson(`{"seed":196619188014358661,"image":"${'A'.repeat(20_000_000)}"}`)).toMatchObject({ seed: 196_619_188_014_358_661n });
  expect(parseExactJson(`[196619188014358661,"${'\\\\'.repeat(2_000_000)}"]`)).toHaveLength(2);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});

test('whatever is written is read as another exact parser reads it', () => {
  const long = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
  const leaf = fc.oneof(long, fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));
  const name = fc.string().filter((text) => text !== '__proto__');
  const { tree } = fc.letrec((tie) => ({ tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('tree')), fc.dictionary(name, tie('tree'))) }));
  const numberOf = (text: string) => (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text));
  const property = fc.property(tree, (value) => {
    const text = toExactJson(value);
    expect(parseExactJson(text)).toEqual(parse(text, undefined, numberOf));
  });
  fc.assert(property, { numRuns: 300 });
});
