import { ACT_RIDGE, ACT_SIN, FLOW, HEADS, HIDDEN, I_ACTS, I_FLOW_HALF, I_FLOW_STEPS, I_FLOW_UNITS, INPUTS, NET, UNIT_CELLS } from '../kernel/layout';
import { sinTurns } from '../maths';
import { CONDITION, type Weights } from '../weights/format';
import { type Image, setI } from './image';

const TAU = 6.283185307179586;

/** How the seed, the prompt and the sliders drive the network. */
export interface Drive {
  condition: Float64Array;
  /** Frequency of the first layer. */
  frequency: number;
  /** Strain of each flow step: about 0.2 is a breath, 0.9 a storm. */
  strain: number;
  /** Frequency of the first flow step in radians per unit, and growth per step. */
  flowFrequency: number;
  flowGrowth: number;
  /** Turns along the drift loop, [0, 1). */
  drift: number;
}

function film(matrix: Float64Array, row: number, condition: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < CONDITION; k++) sum += (matrix[row * CONDITION + k] ?? 0) * (condition[k] ?? 0);
  return sum;
}

/** Writes the flow units: displacement perpendicular to each wave, so that the flow keeps areas. */
function writeFlow(image: Image, weights: Weights, drive: Drive): void {
  const { flowX, flowY, flowPhase, flowGain, flowFilm } = weights.tensors;
  let frequency = drive.flowFrequency;
  for (let s = 0; s < weights.flowSteps; s++) {
    for (let j = 0; j < weights.flowUnits; j++) {
      const u = s * weights.flowUnits + j;
      const x = flowX[u] ?? 0;
      const y = flowY[u] ?? 0;
      const gain = flowGain[u] ?? 1;
      const w = frequency * (0.7 + 0.45 * gain);
      const sway = 0.16 * (sinTurns(drive.drift + (flowPhase[u] ?? 0)) - sinTurns(flowPhase[u] ?? 0));
      const amplitude = (drive.strain * gain) / w;
      const at = FLOW / 4 + u * UNIT_CELLS;
      image.f32[at] = (x * w) / TAU;
      image.f32[at + 1] = (y * w) / TAU;
      image.f32[at + 2] = (flowPhase[u] ?? 0) + film(flowFilm, u, drive.condition) + sway;
      image.f32[at + 3] = -y * amplitude;
      image.f32[at + 4] = x * amplitude;
    }
    frequency *= drive.flowGrowth;
  }
  setI(image, I_FLOW_STEPS, weights.flowSteps);
  setI(image, I_FLOW_UNITS, weights.flowUnits);
  setI(image, I_FLOW_HALF, Math.floor(weights.flowSteps / 2) - 1);
}

/** Folds FiLM into one layer: row = gamma * w, bias = gamma * b + beta; periodic neurons are turned into turns. */
function writeLayer(image: Image, weights: Weights, drive: Drive, layer: number, at: number): number {
  const inputs = layer === 0 ? INPUTS : HIDDEN;
  const source = layer === 0 ? weights.tensors.layer0 : layer === 1 ? weights.tensors.layer1 : weights.tensors.layer2;
  for (let o = 0; o < HIDDEN; o++) {
    const neuron = layer * HIDDEN + o;
    const act = weights.acts[Math.floor(neuron / 4)] ?? ACT_SIN;
    const unit = act === ACT_SIN || act === ACT_RIDGE ? 1 / TAU : 1;
    const gamma = 1 + 0.35 * film(weights.tensors.filmGain, neuron, drive.condition);
    const beta = 1.3 * film(weights.tensors.filmShift, neuron, drive.condition);
    const row = o * (inputs + 1);
    image.f32[at] = ((source[row] ?? 0) * gamma + beta) * unit;
    for (let i = 0; i < inputs; i++) {
      const gain = layer === 0 ? drive.frequency : 1;
      image.f32[at + 1 + i] = (source[row + 1 + i] ?? 0) * gamma * gain * unit;
    }
    at += inputs + 1;
  }
  return at;
}

/** Writes the effective network of one request: no conditioning is left for the pixels to do. */
export function writeNetwork(image: Image, weights: Weights, drive: Drive): void {
  writeFlow(image, weights, drive);
  let at = NET / 4;
  for (let layer = 0; layer < 3; layer++) at = writeLayer(image, weights, drive, layer, at);
  const { heads } = weights.tensors;
  for (let i = 0; i < HEADS * (HIDDEN + 1); i++) image.f32[at + i] = heads[i] ?? 0;
  weights.acts.forEach((act, block) => {
    setI(image, I_ACTS + block, act);
  });
}
