import { describe, expect, it } from 'vitest';
import { splitControls, withControls } from './controls';
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

  it('is optional: a schema without it stays as it is', () => {
    const bare = parameterSchema.parse(splitControls(schema).parameters);
    expect(splitControls(bare).controls).toEqual({});
    expect(withControls(bare, {})).toEqual(bare);
  });
});
