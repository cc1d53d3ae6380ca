import { z } from 'zod';

/** One control of a model, as JSON Schema (2020-12 subset) with `x-ui` hints. Integers and enums only: parameters never hold floats. */
export const parameterProperty = z
  .object({
    type: z.enum(['integer', 'string', 'boolean']),
    title: z.string(),
    /** Of a `string`: it is the `content` of what a run starts from (a work, or an uploaded picture), or empty where it starts from nothing. */
    contentMediaType: z.enum(['image/png', 'text/plain']).optional(),
    /** Of such a one: there has to be one. */
    minLength: z.literal(1).optional(),
    description: z.string().optional(),
    default: z.union([z.number().int(), z.string(), z.boolean()]),
    minimum: z.number().int().optional(),
    maximum: z.number().int().optional(),
    multipleOf: z.number().int().positive().optional(),
    enum: z.array(z.union([z.string(), z.number().int()])).optional(),
    'x-ui': z
      .object({
        control: z.enum(['slider', 'select', 'swatches', 'toggle', 'size']).optional(),
        unit: z.string().optional(),
        labels: z.record(z.string(), z.string()).optional(),
        /** For `swatches`: enum value → CSS colours. */
        swatches: z.record(z.string(), z.array(z.string())).optional(),
        group: z.string().optional(),
        /** Place among the controls; the manifest's canonical form sorts properties by name. */
        order: z.number().int().optional(),
      })
      .optional(),
  })
  .refine(
    ({ contentMediaType, type, default: start, enum: choices }) => !contentMediaType || (type === 'string' && start === '' && !choices),
    'is what a run starts from, so it is a string that starts empty',
  );
export type ParameterProperty = z.infer<typeof parameterProperty>;

export const parameterSchema = z.object({
  type: z.literal('object'),
  properties: z.record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,30}$/), parameterProperty),
  additionalProperties: z.literal(false),
});
export type ParameterSchema = z.infer<typeof parameterSchema>;

export type ParameterValue = number | string | boolean;
export type ParameterValues = Record<string, ParameterValue>;

/** A price in force. Millicredits as decimal strings; `price-order.ts` has the formula and what each is for. */
export type PriceDto = {
  baseMillicredits: string;
  perImageMillicredits: string;
  perMegapixelMillicredits: string;
  perStepMillicredits: string;
  trialRuns: number;
  discounts: { from: number; bps: number }[];
  mintPriceWei: string;
};

/** A model on a card. Amounts are millicredits as decimal strings. */
export type ModelCardDto = {
  slug: string;
  name: string;
  tagline: string;
  creatorAddress: string;
  versionNumber: number;
  priceMillicredits: string;
  workCount: number;
  covers: { src: string; alt: string }[];
};

export type ModelDto = ModelCardDto & {
  description: string;
  status: 'draft' | 'published' | 'paused' | 'retired';
  /** Why it takes no runs, where it was paused without its maker. */
  pausedBecause: string | null;
  version: {
    digest: string;
    number: number;
    /** Null for a draft, which only its maker sees. */
    publishedAt: string | null;
    chainId: number;
    collection: string;
    signerAddress: string;
    signerCustody: 'creator' | 'platform';
    reproducibility: 'A' | 'B' | 'C' | 'D';
    licence: string;
    trainingData: string | null;
    kind: 'image' | 'text';
    parameterSchema: ParameterSchema;
    price: PriceDto;
  };
  /** Median time of the last runs, hold to capture; null before there are any. */
  medianRunMs: number | null;
};

/** One of a model's published versions, as its page lists them. */
export type ModelVersionDto = { digest: string; number: number; publishedAt: string; changelog: string };
