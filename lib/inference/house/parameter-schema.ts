import { PALETTES } from './colour/palettes';

export type HouseModelId = 'nacre' | 'strata' | 'vitrail';
interface UiHint {
  control: 'slider' | 'select' | 'size' | 'swatches';
  group: 'frame' | 'form' | 'colour' | 'surface';
  order: number;
  unit?: string;
  step?: number;
  labels?: Readonly<Record<string, string>>;
  swatches?: Readonly<Record<string, readonly string[]>>;
}

export interface IntegerParameter {
  type: 'integer';
  title: string;
  description: string;
  default: number;
  minimum?: number;
  maximum?: number;
  enum?: readonly number[];
  'x-ui': UiHint;
}

export interface ChoiceParameter {
  type: 'string';
  title: string;
  description: string;
  default: string;
  enum: readonly string[];
  'x-ui': UiHint;
}

export type Parameter = IntegerParameter | ChoiceParameter;

/** JSON Schema 2020-12, the subset a version manifest carries. Integers and enums only: RFC 8785 never sees a float. */
export interface ParameterSchema {
  $schema: 'https://json-schema.org/draft/2020-12/schema';
  type: 'object';
  additionalProperties: false;
  properties: Readonly<Record<string, Parameter>>;
}

export const SIZES = [256, 384, 512, 640, 768, 1024, 1280, 1536, 2048] as const;

function size(title: string, order: number): IntegerParameter {
  return {
    type: 'integer',
    title,
    description: `${title} of the picture in pixels. The composition stays the same at every size.`,
    default: 1024,
    enum: SIZES,
    'x-ui': { control: 'size', group: 'frame', order, unit: 'px' },
  };
}

function slider(
  title: string,
  description: string,
  [minimum, maximum, initial]: readonly [number, number, number],
  ui: Omit<UiHint, 'control'>,
): IntegerParameter {
  const hint: UiHint = { control: 'slider', step: 1, ...ui };
  return { type: 'integer', title, description, default: initial, minimum, maximum, 'x-ui': hint };
}

function symmetry(choices: readonly string[], description: string): ChoiceParameter {
  const labels = Object.fromEntries(choices.map((c) => [c, /\d/.test(c) ? `${c}-fold` : c === 'auto' ? 'Auto' : 'None']));
  return {
    type: 'string',
    title: 'Symmetry',
    description,
    default: 'auto',
    enum: choices,
    'x-ui': { control: 'select', group: 'form', order: 22, labels },
  };
}

function palette(title: string, description: string, order: number): ChoiceParameter {
  const named = (value: (p: (typeof PALETTES)[number]) => string | string[]) => PALETTES.map((p) => [p.id, value(p)]);
  return {
    type: 'string',
    title,
    description,
    default: 'auto',
    enum: ['auto', ...PALETTES.map((p) => p.id)],
    'x-ui': {
      control: 'swatches',
      group: 'colour',
      order,
      labels: Object.fromEntries([['auto', 'Auto'], ...named((p) => p.title)]),
      swatches: Object.fromEntries(named((p) => p.stops.map((s) => `#${s}`))),
    },
  };
}

const COMMON: Readonly<Record<string, Parameter>> = {
  width: size('Width', 0),
  height: size('Height', 1),
  complexity: slider('Complexity', 'How many forms share the frame: 0 is broad and still, 100 teeming.', [0, 100, 50], {
    group: 'form',
    order: 20,
    unit: '%',
  }),
  scale: slider('Scale', 'Size of the forms: 50 stands far back, 200 comes close.', [50, 200, 100], { group: 'form', order: 21, unit: '%' }),
  drift: slider('Drift', 'Moves the same composition along a closed loop, for series and animation. 360 would be 0 again.', [0, 359, 0], {
    group: 'form',
    order: 24,
    unit: '°',
  }),
  palette: palette('Palette', 'The main colours. Auto lets the prompt and the seed choose.', 30),
  accent: palette('Accent', 'The second material. Auto chooses one that goes with the palette.', 31),
  guidance: slider('Guidance', 'How strongly the prompt bends form and colour: 0 ignores it, 200 doubles it.', [0, 200, 100], {
    group: 'colour',
    order: 32,
    unit: '%',
  }),
};

const FINISH: ChoiceParameter = {
  type: 'string',
  title: 'Finish',
  description: 'Fine renders four samples for every pixel and takes about four times as long.',
  default: 'standard',
  enum: ['standard', 'fine'],
  'x-ui': { control: 'select', group: 'frame', order: 2, labels: { standard: 'Standard', fine: 'Fine' } },
};

const FOLDS = ['auto', 'none', '2', '3', '4', '5', '6', '8', '12'] as const;

const OWN: Readonly<Record<HouseModelId, Readonly<Record<string, Parameter>>>> = {
  nacre: {
    finish: FINISH,
    symmetry: symmetry(FOLDS, 'Mirrors around the centre. Auto folds only when the prompt asks for it.'),
    relief: slider('Relief', 'Height of the folds.', [0, 100, 50], { group: 'surface', order: 40, unit: '%' }),
    gloss: slider('Gloss', 'From matte silk to wet enamel.', [0, 100, 50], { group: 'surface', order: 41, unit: '%' }),
  },
  strata: {
    finish: FINISH,
    symmetry: symmetry(FOLDS, 'Mirrors around the centre. Auto folds only when the prompt asks for it.'),
    layers: slider('Layers', 'Sheets of paper in the stack.', [4, 24, 12], { group: 'surface', order: 40 }),
    depth: slider('Depth', 'Space between the sheets: length and weight of their shadows.', [0, 100, 50], {
      group: 'surface',
      order: 41,
      unit: '%',
    }),
  },
  vitrail: {
    symmetry: symmetry(['auto', '3', '4', '5', '6', '8', '10', '12', '16'], 'Mirrors around the centre of the window. Auto lets the seed choose.'),
    lead: slider('Lead', 'Width of the lead between the panes.', [0, 100, 50], { group: 'surface', order: 40, unit: '%' }),
    glow: slider('Glow', 'Light behind the glass.', [0, 100, 50], { group: 'surface', order: 41, unit: '%' }),
  },
};

/** The parameter schema of one model. */
export function parameterSchema(model: HouseModelId): ParameterSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    properties: { ...COMMON, ...OWN[model] },
  };
}
