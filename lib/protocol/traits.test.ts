import fc from 'fast-check';
import { bytesToHex, type Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { isSafeText, utf8Length } from './json-text';
import { decodeTraits, encodeTraits } from './traits';

const field = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((text) => isSafeText(text) && utf8Length(text) <= 255);

describe('traits', () => {
  it('come back from their bytes', () => {
    const traits = fc.array(fc.record({ name: field, value: field }), { maxLength: 3 });
    fc.assert(
      fc.property(traits, (value) => {
        expect(decodeTraits(encodeTraits(value))).toEqual(value);
      }),
      { seed: 20261123 },
    );
  });

  it('are either refused or come back as the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const encoded = bytesToHex(bytes);
        let traits: ReturnType<typeof decodeTraits>;
        try {
          traits = decodeTraits(encoded);
        } catch {
          return;
        }
        expect(encodeTraits(traits)).toBe(encoded);
      }),
      { seed: 20261123 },
    );
  });

  // The list of contracts/test/JsonText.t.sol.
  it.each(['0x00', '0x0161', '0x016100', '0x0261', '0x01610262', '0x0161016201', '0x01220161', '0x016101c3', '0x016102c285'])(
    'refuses %s',
    (bytes) => {
      expect(() => decodeTraits(bytes as Hex)).toThrow();
    },
  );

  it.each(['', 'a"b', 'a\\b', 'a\nb', 'a\u007f', 'a\u0085', '\ud800', 'x'.repeat(256)])('refuses to encode %j', (value) => {
    expect(() => encodeTraits([{ name: 'Name', value }])).toThrow();
  });

  it('takes 1,024 bytes and not one more', () => {
    const pair = { name: 'n'.repeat(126), value: 'v'.repeat(128) };
    expect(encodeTraits([pair, pair, pair, pair])).toHaveLength(2 + 2048);
    expect(() => encodeTraits([pair, pair, pair, { ...pair, value: 'v'.repeat(129) }])).toThrow('1024');
  });
});
