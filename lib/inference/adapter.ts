import type { Hex } from 'viem';
import type { z } from 'zod';
import type { Outbound } from './outbound/open-outbound';

/** A work that a run starts from: a picture that we checked and encoded anew, or a text. */
export type RunInput = { content: Hex } & ({ kind: 'image'; png: Uint8Array } | { kind: 'text'; text: string });

/** What a signer beside the model needs to make the receipt itself (protocol.md, "Receipt"). */
export type ReceiptTerms = { chainId: number; collection: Hex; version: Hex; paramsText: string; salt: Hex; parent: Hex };

/** One run, as every adapter gets it. Nothing of it names a provider. */
export type RunRequest = {
  /** The same at every attempt: the idempotency key, where an endpoint takes one. */
  runId: string;
  kind: 'image' | 'text';
  prompt: string;
  /** uint64. Of a model whose seed kind is `none` it is 0 and means nothing. */
  seed: bigint;
  seedKind: 'exact' | 'none';
  /** Without the one that names an input: inputs go by themselves, and `receipt.paramsText` has them all. */
  params: Record<string, string | number | boolean>;
  inputs: RunInput[];
  receipt: ReceiptTerms;
  /** When the run ends whoever works on it, for endpoints that can be told. */
  deadlineAt?: Date;
};

/** Raw 8-bit sRGB RGBA where the model gives pixels, the file it answered with, or text. All are hostile until checked. */
export type RunOutput =
  | { kind: 'pixels'; width: number; height: number; rgba: Uint8Array }
  | { kind: 'file'; bytes: Uint8Array }
  | { kind: 'text'; text: string };

/** The picture that a run starts from, where it starts from one. */
export const pictureOf = ({ inputs }: Pick<RunRequest, 'inputs'>) => inputs.find((input) => input.kind === 'image');
/** The text that a run starts from. */
export const textOf = ({ inputs }: Pick<RunRequest, 'inputs'>) => inputs.find((input) => input.kind === 'text');

export type RunResult = {
  output: RunOutput;
  /** The seed the endpoint says it used; null where it does not say. */
  seedReported: bigint | null;
  /** What the endpoint says it ran (a version id, a checkpoint's hash), in the provider's own spelling; null where it does not say. */
  modelReported: string | null;
  /** Commitment of the weights that ran, where the endpoint reports one. */
  weightsReported: Hex | null;
  providerJobId: string | null;
  /** The receipt's signature, where the version's key is in the creator's private environment. */
  signature: Hex | null;
  /** The provider's answer: the driver makes of it what is kept for disputes (raw-answer.ts), shown to the creator only. */
  raw: unknown;
};

/** How a provider names a job that is under way. Kept with the run, so that another worker can go on where this one died. */
export type ProviderJob = { id: string; urls?: Record<string, string> };

export type Answer =
  | { kind: 'done'; result: RunResult }
  /** `progress`: 0..1, where the provider says. */
  | { kind: 'waiting'; job: ProviderJob; pollAfterMs: number; progress?: number };

/** Where a version runs and how to reach it, opened for one call. Holds the secret: never logged, never sent to a client. */
export type EndpointCall<Options> = {
  /** The address the creator gave; null where the provider has one for everybody. */
  url: string | null;
  secret: string | null;
  /** What the deployment calls the model at its provider. */
  reference: string;
  options: Options;
  http: Outbound;
  /** Aborting stops the call; the driver then asks the endpoint to stop, too. */
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
  /** Where the provider may say that a job has moved on; null where nobody outside can reach us. */
  webhookUrl: string | null;
};

export type EndpointHealth = {
  ms: number;
  modelReported: string | null;
  /** Address of the version key beside the model, where there is one. */
  signer?: Hex | null;
};

/**
 * A kind of endpoint. Methods throw EndpointError, or the reason of the signal. Which of them a run takes, how often and when, is the
 * driver's business (run-on-endpoint.ts).
 */
export type AdapterParts<Options> = {
  /** A deployment's own settings; anything else is refused when it is registered. */
  options: z.ZodType<Options>;
  /** Why a deployment with these settings has no place for an input picture; null where it has. Left out: all of the kind take one. */
  refusesPicture?(options: Options): string | null;
  /** Whether sending a run again can cost its creator twice. `free`: own hardware, or the endpoint takes our run id as its key. */
  resubmit: 'free' | 'charged';
  submit(call: EndpointCall<Options>, request: RunRequest): Promise<Answer>;
  /** Of those that answer `waiting`. */
  poll?(call: EndpointCall<Options>, job: ProviderJob, request: RunRequest): Promise<Answer>;
  cancel?(call: EndpointCall<Options>, job: ProviderJob): Promise<void>;
  /** Asks, without making anything, whether a run would be taken. */
  check(call: EndpointCall<Options>): Promise<EndpointHealth>;
  /** Reads a webhook whose signature is right, and says which job has moved on. Throws AppError `bad_signature`. */
  readWebhook?(call: EndpointCall<Options>, hook: Webhook): Promise<{ jobId: string }>;
};
export type Webhook = { headers: Record<string, string | undefined>; rawBody: string; nowMs: number };

/** An adapter whose deployments' settings are checked each time they are used. */
export type Adapter = AdapterParts<unknown>;

export function defineAdapter<Options>(parts: AdapterParts<Options>): Adapter {
  const { options, resubmit, refusesPicture, submit, poll, cancel, check, readWebhook } = parts;
  const open = (call: EndpointCall<unknown>): EndpointCall<Options> => ({ ...call, options: options.parse(call.options) });
  return {
    options,
    resubmit,
    submit: async (call, request) => submit(open(call), request),
    check: async (call) => check(open(call)),
    ...(refusesPicture && { refusesPicture: (given) => refusesPicture(options.parse(given)) }),
    ...(poll && { poll: async (call, job, request) => poll(open(call), job, request) }),
    ...(cancel && { cancel: async (call, job) => cancel(open(call), job) }),
    ...(readWebhook && { readWebhook: async (call, hook) => readWebhook(open(call), hook) }),
  };
}
