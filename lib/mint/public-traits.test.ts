import { expect, test } from 'vitest';
import type { ParameterSchema } from '@/lib/models/schema';
import { paramsText } from '@/lib/protocol/params';
import { publicTraits } from './public-traits';

const parameters: ParameterSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    palette: { type: 'string', title: 'Palette', default: 'dusk', enum: ['dusk', 'dawn'], 'x-ui': { labels: { dusk: 'At dusk' } } },
    size: { type: 'integer', title: 'Edge', default: 1024, enum: [512, 1024] },
    detail: { type: 'integer', title: 'Detail', default: 3, minimum: 1, maximum: 9 },
    avoid: { type: 'string', title: 'Avoid', default: '' },
    tile: { type: 'boolean', title: 'Tiles', default: false },
  },
};
const work = { modelName: 'Nacre', versionNumber: 2, work: { width: 1024, height: 768, text: null }, parameters };

test('names model, version, size and the choices, with the schema’s own words', () => {
  const text = paramsText({ palette: 'dusk', size: 1024, detail: 5, avoid: 'my address', tile: true });
  expect(publicTraits({ ...work, paramsText: text })).toEqual([
    { name: 'Model', value: 'Nacre' },
    { name: 'Version', value: '2' },
    { name: 'Size', value: '1024 × 768' },
    { name: 'Palette', value: 'At dusk' },
    { name: 'Edge', value: '1024' },
    { name: 'Tiles', value: 'Yes' },
  ]);
});

test('of a text names how long it is, in characters, and not how large its card is', () => {
  const traits = publicTraits({ ...work, work: { ...work.work, text: 'größer 🪶' }, paramsText: '{}' });
  expect(traits.slice(2)).toEqual([{ name: 'Characters', value: '8' }]);
});

test('leaves out free text, however harmless it looks', () => {
  const text = paramsText({ palette: 'a secret', size: 1024, detail: 5, avoid: 'dusk', tile: false });
  const names = publicTraits({ ...work, paramsText: text }).map((trait) => trait.name);
  expect(names).not.toContain('Palette');
  expect(names).not.toContain('Avoid');
});

test('drops what a contract would refuse: quotes, control characters, more than the bytes there are', () => {
  const property = (title: string) => ({ type: 'boolean' as const, title, default: true });
  const long = Array.from({ length: 9 }, (_, i) => [`p${i}`, property(`${i}`.repeat(200))] as const);
  const schema = { ...parameters, properties: Object.fromEntries([['quoted', property('a "b"')], ...long]) };
  const traits = publicTraits({
    ...work,
    parameters: schema,
    paramsText: paramsText({ quoted: true, ...Object.fromEntries(long.map(([n]) => [n, true])) }),
  });
  expect(traits.map((trait) => trait.name[0])).toEqual(['M', 'V', 'S', '0', '1', '2', '3']);
});

test('a value or a parameter that is called as something of every object is named as what it is', () => {
  const style = { type: 'string' as const, title: 'Style', default: 'a', enum: ['a', 'constructor'], 'x-ui': { labels: { a: 'A' } } };
  const odd = { type: 'boolean' as const, title: 'Odd', default: false };
  const traits = publicTraits({ ...work, parameters: { ...parameters, properties: { style, valueOf: odd } }, paramsText: '{"style":"constructor"}' });
  expect(traits.slice(3)).toEqual([{ name: 'Style', value: 'constructor' }]);
});
