import { z } from 'zod';
import { parameterSchema } from '@/lib/models/schema';
import { receiptFileSchema } from '@/lib/protocol/receipt-file';
import type { UploadDto } from '@/lib/uploads/schema';
import type { Caller } from '../doors/door';
import type { getModelBody, listModelBodies } from '../models';
import type { problemBody } from '../problem';
import type { quoteBody, runBody } from '../runs/run-body';
import { SCOPES, type Scope } from '../schema';
import type { workBody } from '../work-body';
import { digest, id, millicredits, time, wei } from './fields';

/*
 * What the gateway answers. The routes answer with what typed functions make; here `satisfies` holds each schema to that type, and a test holds real answers to
 * each schema, strictly: a field that is added to an answer fails until it is here.
 */
/** Where the types say which texts there may be, and the description does not. */
type Plain<T> = T extends string ? string : T extends number ? number : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
const path = z.string().meta({ description: 'A path on this server.' });

export const runAnswer = z.object({
  id,
  quoteId: id,
  ordinal: z.number().int().meta({ description: 'Its place among the runs of its quote, from 0.' }),
  model: z.string().meta({ description: 'Slug.' }),
  state: z.enum(['held', 'running', 'captured', 'failed', 'cancelled', 'expired']).meta({
    description: 'held and running go on; captured is delivered and paid; of the others nothing is paid.',
  }),
  sealed: z.boolean().meta({ description: 'Its file is there. Comes a moment after captured.' }),
  cancelRequested: z.boolean(),
  queuePlace: z.number().int().nullable().meta({ description: 'Runs ahead of it, while held.' }),
  waitsForEndpoint: z.boolean().meta({ description: 'Every endpoint of its version has failed, and is left alone for a while.' }),
  progressPercent: z.number(),
  seed: z.string().meta({ description: 'uint64 as decimal text.' }),
  priceMillicredits: millicredits,
  paidByPass: z.string().nullable().meta({ description: 'The pass whose included run this is.' }),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  text: z.string().nullable().meta({ description: 'What a model of texts made, once it is sealed.' }),
  createdAt: time,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  deadlineAt: time,
  links: z.object({ self: path, events: path, work: path.nullable(), file: path.nullable(), receipt: path.nullable() }),
}) satisfies z.ZodType<ReturnType<typeof runBody>>;

export const quoteAnswer = z.object({
  quote: z.string().meta({ description: 'Signed by this server: send it to POST /generations.' }),
  quoteId: id,
  count: z.number().int(),
  totalMillicredits: millicredits,
  breakdown: z.array(z.object({ label: z.string(), millicredits })),
  pass: z
    .object({ id: z.string(), tierLabel: z.string(), runs: z.number().int(), left: z.number().int(), periodEndsAt: time })
    .nullable()
    .meta({ description: 'The pass that pays `runs` of them, of the `left` it has.' }),
  mintPriceWei: wei,
  expiresAt: time,
  model: z.string(),
  version: digest,
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).meta({ description: 'All settings, with their defaults filled in.' }),
  seeds: z.array(z.string()),
}) satisfies z.ZodType<Plain<ReturnType<typeof quoteBody>>>;

/** What a call that is paid by itself (x402) is answered with: there is nothing else to open its work's addresses with. */
export const paidAnswer = z.object({
  quoteId: id,
  generations: z.array(
    runAnswer.extend({
      file: z.object({ href: z.string().meta({ description: 'An address that needs no key, for an hour.' }), type: z.literal('image/png') }),
      receipt: receiptFileSchema,
    }),
  ),
});
/** Of a run that is still being made, or waits for its payment. */
export const payingAnswer = z.object({ generation: runAnswer });

export const startedAnswer = z.object({ quoteId: id, generations: z.array(runAnswer) });
export const runPageAnswer = z.object({ generations: z.array(runAnswer), nextCursor: id.nullable() });

export const uploadAnswer = z.object({
  content: digest.meta({ description: 'Of its pixels. Send it as the parameter that takes a picture.' }),
  width: z.number().int(),
  height: z.number().int(),
}) satisfies z.ZodType<UploadDto>;

const priceAnswer = z.object({
  baseMillicredits: millicredits,
  perImageMillicredits: millicredits,
  perMegapixelMillicredits: millicredits,
  perStepMillicredits: millicredits,
  trialRuns: z.number().int(),
  discounts: z.array(z.object({ from: z.number().int(), bps: z.number().int() })),
  mintPriceWei: wei,
});
const openAiModel = {
  id: z.string().meta({ description: 'Slug.' }),
  object: z.literal('model'),
  created: z.number().int(),
  owned_by: z.string().meta({ description: 'Its creator’s address.' }),
};
const kind = z.enum(['image', 'text']);

export const modelListAnswer = z.object({
  object: z.literal('list'),
  data: z.array(
    z.object({
      ...openAiModel,
      ...{ name: z.string(), tagline: z.string(), kind, version: digest, versionNumber: z.number().int(), price: priceAnswer, schema: path },
    }),
  ),
}) satisfies z.ZodType<Awaited<ReturnType<typeof listModelBodies>>>;

export const modelAnswer = z.object({
  ...openAiModel,
  name: z.string(),
  tagline: z.string(),
  description: z.string(),
  creatorAddress: z.string(),
  versionNumber: z.number().int(),
  priceMillicredits: millicredits.meta({ description: 'Of one run with the settings it starts with.' }),
  workCount: z.number().int(),
  status: z.enum(['draft', 'published', 'paused', 'retired']),
  pausedBecause: z.string().nullable(),
  version: z.object({
    digest,
    number: z.number().int(),
    publishedAt: time.nullable(),
    chainId: z.number().int(),
    collection: z.string(),
    signerAddress: z.string(),
    signerCustody: z.enum(['creator', 'platform']),
    reproducibility: z.enum(['A', 'B', 'C', 'D']),
    licence: z.string(),
    trainingData: z.string().nullable(),
    kind,
    parameterSchema,
    price: priceAnswer,
  }),
  medianRunMs: z.number().nullable(),
}) satisfies z.ZodType<Awaited<ReturnType<typeof getModelBody>>>;

const file = z.object({ href: path, bytes: z.number().int(), name: z.string() }).nullable();
export const workAnswer = z.object({
  id,
  title: z.string(),
  alt: z.string(),
  model: z.string(),
  modelName: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  minted: z.boolean(),
  capturedAt: time,
  body: z.union([z.object({ kind: z.literal('image') }), z.object({ kind: z.literal('text'), text: z.string().nullable() })]),
  takedown: z.object({ reason: z.string(), at: time }).nullable(),
  remixable: z.boolean(),
  parentWork: z.object({ id, title: z.string() }).nullable(),
  ownerAddress: z.string(),
  isOwner: z.boolean(),
  paymentDisputed: z.boolean(),
  shared: z.boolean(),
  versionNumber: z.number().int(),
  versionDigest: digest,
  reproducibility: z.string(),
  signerCustody: z.string(),
  signerAddress: z.string(),
  seed: z.string(),
  params: z.array(z.object({ name: z.string(), title: z.string(), value: z.string() })),
  paramsText: z.string(),
  digests: z.object({ content: digest, paramsHash: digest, promptHash: digest, receipt: digest, parent: digest }),
  signature: z.string(),
  chainId: z.number().int(),
  collection: z.string(),
  priceMillicredits: millicredits,
  paidByPass: z
    .object({ label: z.string(), href: path.nullable() })
    .nullable()
    .meta({ description: 'The pass whose included run it was; the price is then what the creator of its parent got.' }),
  file,
  textFile: file,
  history: z.array(
    z.object({
      at: time,
      kind: z.enum(['started', 'captured', 'sealed', 'shared', 'minted', 'transferred']),
      text: z.string(),
      txHash: z.string().optional(),
    }),
  ),
  mintPriceWei: wei,
  label: z.string().nullable(),
  token: z
    .object({
      chainId: z.number().int(),
      ...{ collection: z.string(), tokenId: z.string(), owner: z.string(), minter: z.string(), txHash: z.string(), blockNumber: z.string() },
      confirmations: z.number().int(),
      finality: z.enum(['seen', 'safe', 'final']),
      ...{ metadataCid: z.string(), imageCid: z.string() },
    })
    .nullable(),
  links: z.object({ self: path, receipt: path, page: path }),
}) satisfies z.ZodType<ReturnType<typeof workBody>>;

export const callerAnswer = z.object({
  address: z.string(),
  door: z.enum(['key', 'signature']).meta({ description: 'More may be added.' }),
  scopes: z.array(z.enum(SCOPES)),
  passId: z.string().nullable().meta({ description: 'The pass your runs are made with, where your key names one.' }),
}) satisfies z.ZodType<Pick<Caller, 'door' | 'passId'> & { address: string; scopes: Scope[] }>;

export const problemAnswer = z.object({
  type: z.string().meta({ description: 'Where the code is explained.' }),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string().meta({ description: 'For programs: /docs/errors has them all.' }),
  details: z.record(z.string(), z.unknown()).optional(),
  error: z
    .object({ message: z.string(), type: z.string(), code: z.string(), param: z.null() })
    .meta({ description: 'The same, as OpenAI’s libraries read it.' }),
}) satisfies z.ZodType<Plain<ReturnType<typeof problemBody>>>;
