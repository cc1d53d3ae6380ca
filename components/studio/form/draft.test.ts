import { expect, test } from 'vitest';
import { versionInput } from '@/lib/studio/schema';
import { type Draft, emptyDraft, emptyEndpoint, noSecrets } from './draft';
import { emptyRow, NEEDED } from './parameter-rows';
import { toRows, toSchema } from './parameter-schema';
import { exampleRows, PRESETS } from './presets';
import { atField, draftProblems } from './problems';
import { firstWrong } from './steps';
import { versionInputOf } from './to-input';

const good: Draft = {
  ...emptyDraft,
  name: 'Relief',
  endpoint: { ...emptyEndpoint, url: 'https://model.example.com' },
  signerAddress: `0x${'11'.repeat(20)}`,
  parameters: exampleRows('image'),
};

test('a form that is filled in is what the server takes', () => {
  expect(draftProblems(good, noSecrets)).toEqual({});
  const input = versionInput.parse(versionInputOf({ ...good, price: { ...good.price, perImage: '4.5', mintPrice: '0.01' } }, noSecrets, null));
  expect(input).toMatchObject({
    signerCustody: 'creator',
    derivativeShareBps: 500,
    deployment: { provider: 'signed-http', reference: 'default', secret: null },
    price: { perImageMillicredits: '4500', mintPriceWei: '10000000000000000' },
  });
  expect(Object.keys(input.parameters.properties)).toEqual(['width', 'height', 'sheets', 'picture']);
});

test('what is missing is told at its own field, and the first step that has it opens', () => {
  const { discounts, ...price } = { ...good.price, perImage: 'five', discounts: [{ id: 'a', from: '1', percent: '95' }] };
  const problems = draftProblems(
    { ...good, name: '', endpoint: { ...emptyEndpoint, provider: 'replicate' }, price: { ...price, discounts } },
    noSecrets,
  );
  expect(atField(problems, 'name')).toBe('This has at least two characters.');
  expect(atField(problems, 'deployment.reference')).toBe('This is needed.');
  expect(atField(problems, 'deployment.secret')).toBe('This is needed.');
  expect(atField(problems, 'price.perImageMillicredits')).toBe('This is an amount of credits, such as 4.5.');
  expect(atField(problems, 'price.discounts.0.from')).not.toBeNull();
  expect(firstWrong(problems)).toBe(0);
  expect(firstWrong(draftProblems({ ...good, signerAddress: '' }, noSecrets))).toBe(1);
});

test('parameters survive the way into a schema and back', () => {
  const rows = [...PRESETS.flatMap(({ rows }) => rows('replicate')), { ...emptyRow('boolean'), name: 'tiled', title: 'Tiled', default: 'true' }];
  const schema = toSchema(rows);
  expect(schema.properties).toMatchObject({
    width: { type: 'integer', enum: [512, 640, 768, 1024], default: 640 },
    steps: { type: 'integer', minimum: 1, maximum: 50, default: 28 },
    tiled: { type: 'boolean', default: true },
  });
  expect(toSchema(toRows(schema))).toEqual(schema);
});

test('a parameter that cannot hold its own start, or has the name of another, is marked and left out', () => {
  const [width, height] = exampleRows('image');
  if (!width || !height) throw new Error('no rows');
  const rows = [
    { ...width, default: '7' },
    { ...height, name: 'width' },
  ];
  expect(toSchema(rows).properties).toEqual({});
  const problems = draftProblems({ ...good, parameters: rows }, noSecrets);
  expect([atField(problems, `parameters.${width.id}.default`), atField(problems, `parameters.${height.id}.name`)]).toEqual([
    'This is one of the choices.',
    'This is taken by another parameter.',
  ]);
});

test('a picture goes into the schema as one, needed or not, and there is one at most', () => {
  const [row] = PRESETS.find(({ name }) => name === 'Picture')?.rows('fal') ?? [];
  if (!row) throw new Error('no row');
  const optional = toSchema([row]);
  expect(optional.properties).toEqual({
    picture: { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png', 'x-ui': { order: 0 } },
  });
  const needed = toSchema([{ ...row, default: NEEDED }]);
  expect(needed.properties.picture?.minLength).toBe(1);
  expect([toSchema(toRows(optional)), toSchema(toRows(needed))]).toEqual([optional, needed]);
  const second = { ...row, id: 'second', name: 'mask' };
  expect(atField(draftProblems({ ...good, parameters: [row, second] }, noSecrets), 'parameters.second.kind')).toBe(
    'This is taken: a run starts from one picture.',
  );
  const both = { picture: optional.properties.picture, mask: optional.properties.picture };
  const input = versionInputOf(good, noSecrets, null);
  expect(versionInput.safeParse({ ...input, parameters: { ...input.parameters, properties: both } }).success).toBe(false);
});
