import { describe, expect, it } from 'vitest';
import { splitControls, withControls } from './controls';
import { labelOf, swatchesOf } from './labels';
import { parameterSchema } from './schema';

describe('how parameters are shown', () => {
  const schema = parameterSchema.parse({
    type: 'object',
    additionalProperties: false,
    properties: {
      palette: {
        ...{ type: 'string', title: 'Palette', default: 'ember', enum: ['ember', 'moss'] },
        'x-ui': { control: 'swatches', labels: { ember: 'Ember' }, swatches: { ember: ['#1a0605', '#ffd58a'] } },
      },
      width: { type: 'integer', title: 'Width', default: 64, minimum: 64, maximum: 128 },
    },
  });

  it('is taken out of the schema and put back as it was', () => {
    const { parameters, controls } = splitControls(schema);
    expect(withControls(parameterSchema.parse(parameters), controls)).toEqual(schema);
  });

  it('leaves nothing of itself in what goes into the manifest, and everything else there', () => {
    const { parameters, controls } = splitControls({ ...schema, $schema: 'here' });
    expect(JSON.stringify(parameters)).not.toContain('x-ui');
    expect(parameters.$schema).toBe('here');
    expect(Object.keys(parameters.properties)).toEqual(Object.keys(schema.properties));
    expect(controls.palette?.swatches?.ember).toHaveLength(2);
  });

  it('of names that every object has is what was written, and nothing else', () => {
    const named = (title: string, values: object) => ({ type: 'string', title, default: 'a', enum: ['a', 'constructor'], ...values });
    const odd = parameterSchema.parse({
      ...{ type: 'object', additionalProperties: false },
      properties: { constructor: named('C', {}), style: named('S', { 'x-ui': { labels: { a: 'A' }, swatches: { a: ['#000'] } } }) },
    });
    const { parameters, controls } = splitControls(odd);
    const together = withControls(parameterSchema.parse(parameters), JSON.parse(JSON.stringify(controls)));
    expect(together).toEqual(odd);
    const { style } = together.properties;
    expect([labelOf(style, 'constructor'), labelOf(style, 'a'), labelOf(undefined, 'a')]).toEqual([undefined, 'A', undefined]);
    expect(style && [swatchesOf(style, 'constructor'), swatchesOf(style, 'a')]).toEqual([undefined, ['#000']]);
  });

  it('is optional: a schema without it stays as it is', () => {
    const bare = parameterSchema.parse(splitControls(schema).parameters);
    expect(splitControls(bare).controls).toEqual({});
    expect(withControls(bare, {})).toEqual(bare);
  });
});
