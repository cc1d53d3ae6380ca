import { emptyRow, type ParameterRow, type RowKind } from './parameter-rows';

const row = (kind: RowKind, given: Partial<ParameterRow>): ParameterRow => ({ ...emptyRow(kind), ...given });
const SIZES = '512, 640, 768, 1024';

export type Preset = { name: string; rows(provider: string): ParameterRow[] };

/** Parameters that most models have, under the names their servers commonly give them. */
export const PRESETS: Preset[] = [
  {
    name: 'Size',
    rows: () => [
      row('choice', { name: 'width', title: 'Width', choices: SIZES, default: '640' }),
      row('choice', { name: 'height', title: 'Height', choices: SIZES, default: '640' }),
    ],
  },
  { name: 'Steps', rows: () => [row('integer', { name: 'steps', title: 'Steps', min: '1', max: '50', default: '28' })] },
  {
    name: 'Guidance',
    rows: (provider) => [
      row('integer', { name: provider === 'automatic1111' ? 'cfgScale' : 'guidanceScale', title: 'Guidance', min: '1', max: '15', default: '7' }),
    ],
  },
  { name: 'Picture', rows: () => [row('picture', { name: 'picture', title: 'Start from' })] },
  { name: 'Negative prompt', rows: () => [row('text', { name: 'negativePrompt', title: 'Leave out' })] },
];

/** What the example model of the reference server takes. */
export const exampleRows = (kind: 'image' | 'text'): ParameterRow[] => (kind === 'text' ? exampleTextRows() : examplePictureRows());
const exampleTextRows = () => [row('integer', { name: 'lines', title: 'Lines', min: '1', max: '40', default: '4' })];
const examplePictureRows = () => [
  ...(PRESETS[0]?.rows('signed-http') ?? []),
  row('integer', { name: 'sheets', title: 'Sheets', min: '3', max: '24', default: '8' }),
  row('picture', { name: 'picture', title: 'Start from' }),
];
