import { describe, expect, it } from 'vitest';
import { parseParams } from './parse-params';
import { priceRun } from './price-run';
import type { ParameterSchema } from './schema';

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

describe('the price of a run', () => {
  it('adds the area, rounded up to a millicredit', () => {
    const price = priceRun({ baseMillicredits: 1500n, perMegapixelMillicredits: 1000n }, { width: 1024, height: 1024 });
    expect(price.totalMillicredits).toBe(1500n + 1049n);
    expect(price.lines.map((l) => l.label)).toEqual(['One run', '1024 × 1024 px']);
  });
  it('has no area line for a model without a size', () => {
    expect(priceRun({ baseMillicredits: 1n, perMegapixelMillicredits: 9n }, {}).lines).toHaveLength(1);
  });
});
