import { clamp } from '../maths';
import type { HouseModelId } from '../parameter-schema';
import type { HouseParams } from '../parameters';
import type { Condition } from './condition';
import type { Balance } from './frame';
import type { Drive } from './network';

/** How a model drives its network: fixed traits of the style, moved by words and sliders. */
interface Temper {
  frequency: number;
  strain: number;
  flowFrequency: number;
  flowGrowth: number;
  zoom: number;
  balance: Omit<Balance, 'folded'>;
}

const TEMPERS: Readonly<Record<HouseModelId, Temper>> = {
  nacre: {
    frequency: 0.72,
    strain: 0.34,
    flowFrequency: 1.5,
    flowGrowth: 1.25,
    zoom: 1,
    balance: { coverage: 0.26, evenTone: 0.45, evenBand: 0, liveliness: 1.1 },
  },
  strata: {
    frequency: 0.5,
    strain: 0.3,
    flowFrequency: 1.5,
    flowGrowth: 1.26,
    zoom: 0.85,
    balance: { coverage: 0.2, evenTone: 0.5, evenBand: 0.85, liveliness: 0.9 },
  },
  vitrail: {
    frequency: 0.9,
    strain: 0.22,
    flowFrequency: 1.7,
    flowGrowth: 1.28,
    zoom: 1.3,
    balance: { coverage: 0.2, evenTone: 0.6, evenBand: 0.7, liveliness: 1.6 },
  },
};

/** Drive of the network at a complexity of 0..1; the floors keep the calmest prompt from an empty frame. */
export function driveOf(model: HouseModelId, condition: Condition, complexity: number, drift: number): Drive {
  const temper = TEMPERS[model];
  const dense = condition.axis('dense');
  const energy = condition.axis('energy');
  return {
    condition: condition.vector,
    frequency: temper.frequency * clamp(0.55 + 0.9 * complexity + 0.16 * dense + 0.05 * energy, 0.62, 1.9),
    strain: temper.strain * clamp(0.6 + 0.8 * complexity + 0.22 * energy, 0.55, 1.7),
    flowFrequency: temper.flowFrequency * clamp(0.75 + 0.5 * complexity, 0.5, 1.6),
    flowGrowth: temper.flowGrowth,
    drift,
  };
}

/** What the frame should look like; `spread` in -1..1 is the seed's say over the overlay's share. */
export function balanceOf(model: HouseModelId, condition: Condition, folded: boolean, spread: number): Balance {
  const { balance } = TEMPERS[model];
  return {
    ...balance,
    folded,
    coverage: clamp(balance.coverage + 0.02 + 0.1 * spread, 0.08, 0.5),
    liveliness: balance.liveliness * clamp(1 + 0.2 * condition.axis('dense'), 0.7, 1.5),
  };
}

/** Picture units to network units. */
export function zoomOf(model: HouseModelId): number {
  return TEMPERS[model].zoom;
}

/** Order of the fold, 1 for none: the parameter, else what the words ask for, else (vitrail) the seed's choice. */
export function foldOrder(model: HouseModelId, params: HouseParams, condition: Condition, pick: number): number {
  const asked = String(params.symmetry);
  if (asked === 'none') return 1;
  if (asked !== 'auto') return Number(asked);
  if (model === 'vitrail') return [5, 6, 6, 8, 8, 10, 12, 12][Math.floor(pick * 8)] ?? 6;
  return condition.axis('symmetry') > 0.75 ? ([4, 5, 6, 8][Math.floor(pick * 4)] ?? 6) : 1;
}
