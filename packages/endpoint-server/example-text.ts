import { createHash } from 'node:crypto';
import type { GenerateCall, Generated } from './model';
import { wholeNumber } from './whole-number';

const QUALITIES = ['quiet', 'salted', 'narrow', 'unlit', 'folded', 'borrowed', 'patient', 'last', 'northern', 'half-heard'];
const THINGS = ['harbour', 'stair', 'orchard', 'ledger', 'window', 'ferry', 'lamp', 'estuary', 'coat', 'bell'];
const DOINGS = ['keeps', 'forgets', 'answers', 'carries', 'outlasts', 'waits for', 'counts', 'leans on', 'returns', 'names'];

/** Some lines about nothing much. A text to start from gives the first of them. */
export function writeLines({ prompt, seed, params, inputs }: GenerateCall): Generated {
  const [earlier] = inputs.flatMap((input) => (input.kind === 'text' ? [input.text] : []));
  const lines = Array.from({ length: wholeNumber(params.lines, 4, 1, 40) }, (_, line) => {
    const random = createHash('sha256').update(`${seed}:${prompt}:${line}`).digest();
    const word = (list: string[], at: number) => list[random.readUInt16LE(at) % list.length];
    return `The ${word(QUALITIES, 0)} ${word(THINGS, 2)} ${word(DOINGS, 4)} the ${word(QUALITIES, 6)} ${word(THINGS, 8)}.`;
  });
  return { text: [earlier?.split('\n')[0], ...lines].filter(Boolean).join('\n') };
}
