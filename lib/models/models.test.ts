import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseParams } from './parse-params';
import { type PriceTerms, priceOrder } from './price-order';
import { type ParameterSchema, parameterProperty } from './schema';

const schema: ParameterSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    width: { type: 'integer', title: 'Width', default: 1024, enum: [512, 1024] },
    flow: { type: 'integer', title: 'Flow', default: 50, minimum: 0, maximum: 100, multipleOf: 5 },
    mirror: { type: 'boolean', title: 'Mirror', default: false },
  },
};

describe('parameters', () => {
  it('get their defaults', () => {
    expect(parseParams(schema, { flow: 10 })).toEqual({ width: 1024, flow: 10, mirror: false });
  });
  it.each([
    [{ flow: 101 }, /between 0 and 100/],
    [{ flow: 7 }, /multiple of 5/],
    [{ flow: 1.5 }, /whole number/],
    [{ width: 768 }, /one of 512, 1024/],
    [{ mirror: 'yes' }, /true or false/],
    [{ steps: 3 }, /not a parameter/],
    [{ constructor: 3 }, /not a parameter/],
  ])('refuse %j', (given, message) => {
    expect(() => parseParams(schema, given as Record<string, number>)).toThrow(message);
  });
});

describe('a picture', () => {
  const picture = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png' } as const;
  const taking = (more: { minLength?: 1 } = {}): ParameterSchema => ({ ...schema, properties: { picture: { ...picture, ...more } } });
  const content = `0x${'ab'.repeat(32)}`;
  it('is named by its content, or left out', () => {
    expect(parseParams(taking(), {})).toEqual({ picture: '' });
    expect(parseParams(taking({ minLength: 1 }), { picture: content })).toEqual({ picture: content });
  });
  it.each(['0xAB', 'https://example.com/a.png', 'data:image/png;base64,AAAA', `${content}0`])('is nothing else: %s', (given) => {
    expect(() => parseParams(taking(), { picture: given })).toThrow('is the content of a work or an upload');
  });
  it('cannot be left out where it is needed', () => {
    expect(() => parseParams(taking({ minLength: 1 }), {})).toThrow('is needed');
  });
  it('has no other start than nothing: nobody starts from what the model’s maker chose', () => {
    expect(parameterProperty.safeParse(picture).success).toBe(true);
    for (const wrong of [{ default: content }, { type: 'integer', default: 1 }, { enum: [''] }])
      expect(parameterProperty.safeParse({ ...picture, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
  });
});

describe('the price of an order', () => {
  const nothing: PriceTerms = {
    baseMillicredits: 0n,
    perImageMillicredits: 0n,
    perMegapixelMillicredits: 0n,
    perStepMillicredits: 0n,
    trialRuns: 0,
    discounts: [],
  };
  const terms = { ...nothing, perImageMillicredits: 1500n, perMegapixelMillicredits: 1000n };
  const size = { width: 1024, height: 1024 };

  it('adds the area, rounded up to a millicredit', () => {
    const price = priceOrder(terms, size, { count: 1, freeRuns: 0 });
    expect(price).toMatchObject({ totalMillicredits: 1500n + 1049n, runs: [2549n] });
    expect(price.lines.map(({ label }) => label)).toEqual(['One run', '1024 × 1024 px']);
  });
  it('has no area line for a model without a size', () => {
    expect(priceOrder(terms, {}, { count: 1, freeRuns: 0 }).lines).toHaveLength(1);
  });
  it('takes the base once, with the first run that is paid, and steps for each', () => {
    const price = priceOrder({ ...terms, baseMillicredits: 700n, perStepMillicredits: 10n }, { steps: 20 }, { count: 3, freeRuns: 1 });
    expect(price.runs).toEqual([0n, 2400n, 1700n]);
    expect(price.totalMillicredits).toBe(4100n);
  });
  it('takes the best discount that the count reaches, rounded down, and not off the base', () => {
    const discounts = [
      { from: 2, bps: 500 },
      { from: 4, bps: 1000 },
    ];
    const price = priceOrder({ ...nothing, baseMillicredits: 100n, perImageMillicredits: 1999n, discounts }, {}, { count: 4, freeRuns: 0 });
    expect(price.runs).toEqual([1900n, 1800n, 1800n, 1800n]);
    expect(priceOrder({ ...nothing, perImageMillicredits: 1999n, discounts }, {}, { count: 1, freeRuns: 0 }).runs).toEqual([1999n]);
  });
  it('has lines that add up to its total, whatever the terms', () => {
    const property = fc.property(
      fc.tuple(fc.bigInt(0n, 10n ** 9n), fc.bigInt(0n, 10n ** 9n), fc.bigInt(0n, 10n ** 9n), fc.bigInt(0n, 10n ** 6n)),
      fc.array(fc.record({ from: fc.integer({ min: 2, max: 6 }), bps: fc.integer({ min: 1, max: 9000 }) }), { maxLength: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 5 }),
      ([baseMillicredits, perImageMillicredits, perMegapixelMillicredits, perStepMillicredits], discounts, count, freeRuns) => {
        const all = { baseMillicredits, perImageMillicredits, perMegapixelMillicredits, perStepMillicredits, trialRuns: 0, discounts };
        const price = priceOrder(all, { width: 777, height: 333, steps: 13 }, { count, freeRuns });
        expect(price.lines.reduce((sum, { millicredits }) => sum + millicredits, 0n)).toBe(price.totalMillicredits);
        expect(price.runs.every((run) => run >= 0n)).toBe(true);
      },
    );
    fc.assert(property, { seed: 5 });
  });
});
