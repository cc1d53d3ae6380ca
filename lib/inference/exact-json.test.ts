import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExactJson, toExactJson } from './exact-json';

test('Integers that a double cannot hold become bigints, and all other numbers stay numbers', () => {
  const text = '{"a":18446744073709551615,"b":-9007199254740993,"c":9007199254740991,"d":9007199254740992,"e":1.5,"f":1e30,"g":-0.0000000000000001}';
  expect(parseExactJson(text)).toEqual({
    a: 18446744073709551615n,
    b: -9007199254740993n,
    c: 9007199254740991,
    d: 9007199254740992n,
    e: 1.5,
    f: 1e30,
    g: -1e-16,
  });
});

test('A bigint is written as a number, digit by digit', () => {
  expect(toExactJson({ seed: 18446744073709551557n, list: [1n, 2], text: '1n', none: undefined })).toBe(
    '{"seed":18446744073709551557,"list":[1,2],"text":"1n"}',
  );
  expect(toExactJson(undefined)).toBe('null');
});

test('Long digits in a string stay a string', () => {
  expect(parseExactJson('{"id":"18446744073709551615","seed":1}')).toEqual({ id: '18446744073709551615', seed: 1 });
});

test('Anything that is written is read back the same', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any')),
      fc.dictionary(fc.string(), tie('any'), { noNullPrototype: true }),
    ),
  })).any;
  const isSame = (any: unknown) => {
    expect(parseExactJson(toExactJson(any))).toEqual(any);
  };
  fc.assert(fc.property(value, isSame));
});

test.each(['', '{', '{"a":}', '<html>', '{"seed":18446744073709551615', 'NaN'])('%s is not JSON', (text) => {
  expect(() => parseExactJson(text)).toThrow(SyntaxError);
});
