import type { Hex } from 'viem';

/** One run, as every adapter gets it. Nothing of it names a provider. */
export type RunRequest = {
  /** What the deployment calls the model at its provider. */
  reference: string;
  prompt: string;
  seed: bigint;
  params: Record<string, string | number | boolean>;
};

export type RunResult = {
  /** Raw 8-bit sRGB RGBA where the model gives pixels, or the file it answered with. Both are hostile until checked. */
  output: { kind: 'pixels'; width: number; height: number; rgba: Uint8Array } | { kind: 'file'; bytes: Uint8Array };
  /** The seed the model says it used; null where it does not say. */
  seedReported: bigint | null;
  /** Commitment of the weights that ran, where the model reports one. */
  weightsReported: Hex | null;
  providerJobId: string | null;
};

export type RunOptions = {
  /** Aborting asks the endpoint to stop; what it still delivers is thrown away. */
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
};

/** A kind of endpoint. Submitting, polling and cancelling stay inside; a failure is an AppError of the table. */
export type InferenceAdapter = { run: (request: RunRequest, options: RunOptions) => Promise<RunResult> };
