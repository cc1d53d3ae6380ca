import { pathToFileURL } from 'node:url';
import type { Hex } from 'viem';

/** A work that a run starts from. */
export type ModelInput = { content: Hex } & (
  | { kind: 'image'; png: Uint8Array; width: number; height: number; rgba: Uint8Array }
  | { kind: 'text'; text: string }
);

/** What a model gets. `params` is the parameter text, parsed: its numbers are strings. */
export type GenerateCall = {
  /** What the version makes; a server may have versions of both kinds. */
  kind: 'image' | 'text';
  prompt: string;
  /** 0 of a model without one. */
  seed: bigint;
  params: Record<string, string | boolean>;
  inputs: ModelInput[];
  /** Aborted when the run was cancelled or is late: stop, and throw. */
  signal: AbortSignal;
  /** 0..1 */
  onProgress: (fraction: number) => void;
};
/** A PNG file (8 bit, no profile, not interlaced), pixels (sRGB, not premultiplied), a text, or why the safety filter refused. */
export type Generated = { png: Uint8Array } | { rgba: Uint8Array; width: number; height: number } | { text: string } | { blocked: string };

export type Model = {
  generate: (call: GenerateCall) => Promise<Generated> | Generated;
  /** Commitment of the weights, where the version's manifest has one. */
  weights?: Hex;
};

/** The model in a file that exports `generate`. */
export async function loadModel(path: string): Promise<Model> {
  const module: Partial<Model> = await import(pathToFileURL(path).href);
  if (typeof module.generate !== 'function') throw new Error(`${path} exports no function \`generate\``);
  return { generate: module.generate, weights: module.weights };
}
