import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type OpeningFile, parseOpeningFile } from './opening-file';
import { parseReceiptFile } from './receipt-file';
import { isOpening, isReceipt, receiptVectors, whatFails } from './testing/check-receipt-file';

// biome-ignore lint/suspicious/noExplicitAny: the published file, read as anybody would
type Vector = { name: string; receipt: any; opening: any; fails: string };
type Vectors = Record<'holds' | 'doesNotHold' | 'isNoReceipt', Vector[]> & { openings: Record<'doesNotOpen' | 'isNoOpening', Vector[]> };
const { holds, doesNotHold, isNoReceipt, openings } = receiptVectors() as Vectors;

describe('a receipt as a file', () => {
  it.each(holds)('$name is what the published schema describes, and holds by other people’s libraries', async (vector) => {
    expect([isReceipt(vector.receipt), isReceipt.errors]).toEqual([true, null]);
    expect(await whatFails(vector.receipt)).toBeNull();
    expect(parseReceiptFile(JSON.stringify(vector.receipt))).toEqual(vector.receipt);
  });

  it.each(doesNotHold)('with $name has the right form and does not hold', async (vector) => {
    expect(isReceipt(vector.receipt)).toBe(true);
    expect(await whatFails(vector.receipt)).toBe(vector.fails);
  });

  it.each(isNoReceipt)('with $name is none, to the published schema and to us', (vector) => {
    expect(isReceipt(vector.receipt)).toBe(false);
    expect(() => parseReceiptFile(JSON.stringify(vector.receipt))).toThrow('the receipt is not valid');
  });

  it('with a seed beyond 64 bits, or that is no JSON, is none', () => {
    const [{ receipt }] = holds as [Vector];
    const message = { ...receipt.typedData.message, seed: (2n ** 64n).toString() };
    expect(() => parseReceiptFile(JSON.stringify({ ...receipt, typedData: { ...receipt.typedData, message } }))).toThrow('uint64');
    expect(() => parseReceiptFile('{')).toThrow('not JSON');
  });
});

describe('an opening as a file', () => {
  const opens = ({ salt, prompt, promptHash }: OpeningFile) =>
    `0x${createHash('sha256')
      .update(Buffer.from(salt.slice(2), 'hex'))
      .update(prompt)
      .digest('hex')}` === promptHash;

  it('is what the published schema describes, and opens its receipt', () => {
    const [{ receipt, opening }] = holds as [Vector];
    expect(isOpening(opening)).toBe(true);
    expect(opens(parseOpeningFile(JSON.stringify(opening)))).toBe(true);
    expect([opening.promptHash, opening.receipt]).toEqual([receipt.typedData.message.promptHash, receipt.digest]);
  });

  it('that is another prompt or salt does not open it, and what has another form is none', () => {
    for (const { opening } of openings.doesNotOpen) expect([isOpening(opening), opens(opening)]).toEqual([true, false]);
    for (const { opening } of openings.isNoOpening) {
      expect(isOpening(opening)).toBe(false);
      expect(() => parseOpeningFile(JSON.stringify(opening))).toThrow('the opening is not valid');
    }
  });
});
