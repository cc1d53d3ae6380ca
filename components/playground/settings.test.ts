import { describe, expect, it } from 'vitest';
import type { ParameterSchema } from '@/lib/models/schema';
import { fitParams, lacksPicture } from './settings';
import { nearestSize, shapesOf } from './shapes';

const sizes = [512, 768, 1024, 1536];
const schema: ParameterSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    width: { type: 'integer', title: 'Width', default: 1024, enum: sizes },
    height: { type: 'integer', title: 'Height', default: 1024, enum: sizes },
    relief: { type: 'integer', title: 'Relief', default: 50, minimum: 0, maximum: 100 },
    palette: { type: 'string', title: 'Palette', default: 'auto', enum: ['auto', 'dusk'] },
    mirror: { type: 'boolean', title: 'Mirror', default: false },
  },
};

describe('settings kept from before', () => {
  it('are used where they still fit the version, and defaults where not', () => {
    const kept = { width: 768, relief: 400, palette: 'dusk', mirror: 'yes', steps: 30 };
    expect(fitParams(schema, kept)).toEqual({ width: 768, height: 1024, relief: 50, palette: 'dusk', mirror: false });
  });
  it('may be missing altogether', () => {
    expect(fitParams(schema)).toEqual({ width: 1024, height: 1024, relief: 50, palette: 'auto', mirror: false });
  });
});

describe('shapes', () => {
  it('are those that width and height allow', () => {
    expect(shapesOf(schema).map((shape) => shape.name)).toEqual(['1:1', '3:4', '2:3', '1:2', '4:3', '3:2', '2:1']);
  });
  it('are none for a model without a size', () => {
    expect(shapesOf({ ...schema, properties: {} })).toEqual([]);
  });
  it('change to the size of the nearest area', () => {
    const tall = shapesOf(schema).find((shape) => shape.name === '2:3');
    expect(tall && nearestSize(tall, { width: 1024, height: 1024 })).toEqual({ width: 1024, height: 1536 });
    expect(tall && nearestSize(tall, { width: 512, height: 512 })).toEqual({ width: 512, height: 768 });
  });
});

describe('a picture that a model needs', () => {
  const picture = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png', minLength: 1 } as const;
  const needing: ParameterSchema = { ...schema, properties: { picture } };
  const settings = (given: string) => ({ prompt: '', params: { picture: given }, seed: null, count: 1 });
  it('is lacking until one is chosen, or a work to start from', () => {
    expect(lacksPicture(needing, settings(''))).toBe(true);
    expect(lacksPicture(needing, settings(`0x${'ab'.repeat(32)}`))).toBe(false);
    expect(lacksPicture(needing, { ...settings(''), parentWorkId: 'a work' })).toBe(false);
  });
  it('is not lacking where a model can do without', () => {
    expect(lacksPicture({ ...schema, properties: { picture: { ...picture, minLength: undefined } } }, settings(''))).toBe(false);
    expect(lacksPicture(schema, settings(''))).toBe(false);
  });
});
