import { type HouseModelId, type ParameterSchema, parameterSchema } from './parameter-schema';
import { weightsDigestOf } from './weights/table';

export interface HouseModel {
  id: HouseModelId;
  name: string;
  tagline: string;
  description: string;
  /** sha-256, hex, of the exact bytes of the weights file. */
  weightsDigest: string;
  parameterSchema: ParameterSchema;
}

const TEXTS: readonly (readonly [HouseModelId, string, string, string])[] = [
  [
    'nacre',
    'Nacre',
    'Liquid silk under studio light',
    'Folds, pleats and pools of a shining skin. A neural flow bends the plane, a small network raises it into relief, and a key ' +
      'light, a strip light and a second material do the rest. Words for colour choose its dyes; words for mood set how hard it moves.',
  ],
  [
    'strata',
    'Strata',
    'Marbling, cut from stacked paper',
    'An ink-marbling flow that keeps areas, sliced into sheets of coloured paper that cast shadows on one another. Quiet words give ' +
      'broad contours, busy words fine ones; layers and depth are yours to set.',
  ],
  [
    'vitrail',
    'Vitrail',
    'Rose windows, lit from behind',
    'A dihedral fold turns the network into panes of glass between lead and rings, with daylight behind them. Every seed is another ' +
      'window; the prompt chooses its glass and how finely it is cut.',
  ],
];

/**
 * The models that run inside the product, with no key and no network. Their weights are initialised from a named
 * seed and curated by eye; nothing was trained, and no picture of anybody went into them.
 */
export const HOUSE_MODELS: readonly HouseModel[] = TEXTS.map(([id, name, tagline, description]) => ({
  id,
  name,
  tagline,
  description,
  weightsDigest: weightsDigestOf(id),
  parameterSchema: parameterSchema(id),
}));
