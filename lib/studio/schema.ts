import { z } from 'zod';
import { PROVIDER_IDS } from '@/lib/inference/providers';
import { discountsSchema } from '@/lib/models/discounts';
import { type ParameterSchema, type PriceDto, parameterSchema } from '@/lib/models/schema';
import { uuidInput } from '@/lib/uuid-input';

const text = (most: number) => z.string().trim().max(most);
const digest = z.string().regex(/^0x[0-9a-f]{64}$/, 'is 0x and 64 hex digits');
const millicredits = z.string().regex(/^\d{1,12}$/, 'is a whole number');

/** A run starts from one picture. */
const hasOnePicture = ({ properties }: ParameterSchema) => Object.values(properties).filter((property) => property.contentMediaType).length <= 1;

/** Where a version runs. Secrets go in and never come out again. */
export const deploymentInput = z.object({
  provider: z.enum(PROVIDER_IDS),
  url: text(500).nullable().default(null),
  reference: text(300).min(1, 'is needed'),
  options: z.record(z.string(), z.unknown()).default({}),
  mustReport: text(200).nullable().default(null),
  secret: text(4096).nullable().default(null),
  webhookSecret: text(4096).nullable().default(null),
  maxRunning: z.number().int().min(1).max(1000).default(4),
});
export type DeploymentInput = z.input<typeof deploymentInput>;

export const priceInput = z.object({
  baseMillicredits: millicredits.default('0'),
  perImageMillicredits: millicredits.default('0'),
  perMegapixelMillicredits: millicredits.default('0'),
  perStepMillicredits: millicredits.default('0'),
  trialRuns: z.number().int().min(0).max(100).default(0),
  discounts: discountsSchema.default([]),
  mintPriceWei: z
    .string()
    .regex(/^\d{1,24}$/, 'is a whole number of wei')
    .default('0'),
});
export type PriceInput = z.input<typeof priceInput>;

/** What a creator allows on-chain of a version. Times are seconds; 0: no bound. */
export const boundsInput = z.object({
  capTokens: z.number().int().min(1).max(16_777_215).default(10_000),
  floorPriceWei: z
    .string()
    .regex(/^\d{1,24}$/)
    .default('0'),
  opensAt: z.number().int().min(0).default(0),
  closesAt: z.number().int().min(0).default(0),
});

export const versionInput = z.object({
  /** The model it is a new version of; null for a new model. */
  model: z.string().nullable().default(null),
  name: text(80).min(2, 'has at least two characters'),
  tagline: text(120).default(''),
  description: text(4000).default(''),
  changelog: text(2000).default(''),
  kind: z.enum(['image', 'text']).default('image'),
  parameters: parameterSchema.refine(hasOnePicture, 'take one picture at most'),
  seedKind: z.enum(['exact', 'none']),
  weights: digest.nullable().default(null),
  reproducibility: z.enum(['B', 'C', 'D']),
  signerCustody: z.enum(['creator', 'platform']).default('platform'),
  /** Of a key beside the model. */
  signerAddress: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/, 'is an address')
    .transform((value) => value.toLowerCase())
    .nullable()
    .default(null),
  licence: z.string().max(60),
  upstreamLicences: z.array(z.string().max(60)).max(10).default([]),
  trainingData: text(2000).nullable().default(null),
  derivativeShareBps: z.number().int().min(0).max(2000).default(0),
  deployment: deploymentInput,
  price: priceInput,
});
export type VersionInput = z.input<typeof versionInput>;

export const versionRef = z.object({ version: digest });
export const publishInput = versionRef.extend({ bounds: boundsInput, affirmsRights: z.literal(true) });
export const confirmInput = versionRef;
export const statusInput = z.object({ model: z.string().max(80), status: z.enum(['published', 'paused', 'retired']) });
export const describeInput = z.object({ model: z.string().max(80), tagline: text(120), description: text(4000) });
export const addDeploymentInput = versionRef.extend({ deployment: deploymentInput });
export const deploymentRef = z.object({ deployment: uuidInput });
export const replaceSecretInput = deploymentRef.extend({ secret: text(4096).nullable(), webhookSecret: text(4096).nullable().default(null) });
export const probeInput = z.object({ deployment: deploymentInput });
export const setPriceInput = versionRef.extend({ price: priceInput });

/** A call that the creator's wallet sends. */
export type PublishCallDto = { to: string; data: string; what: string; gas: string; maxFeeWei: string };
export type PublishPlanDto = { chainId: number; collection: string; calls: PublishCallDto[] };

export type DeploymentDto = {
  id: string;
  provider: string;
  reference: string;
  url: string | null;
  options: Record<string, unknown>;
  mustReport: string | null;
  hasSecret: boolean;
  maxRunning: number;
  failures: number;
  /** Left alone for its faults until then. */
  openUntil: string | null;
  retiredAt: string | null;
  lastCheck: { at: string; ms: number; fault: string | null; what: string | null } | null;
  /** Of the looks of the last day, how many found it well, in percent; null before there was one. */
  uptimePercent: number | null;
  /** Median of its delivered runs of the last day. */
  p50Ms: number | null;
};

export type StudioVersionDto = {
  digest: string;
  number: number;
  publishedAt: string | null;
  createdAt: string;
  changelog: string;
  kind: 'image' | 'text';
  licence: string;
  reproducibility: 'A' | 'B' | 'C' | 'D';
  signerCustody: 'creator' | 'platform';
  signerAddress: string;
  seedKind: 'exact' | 'none';
  weights: string | null;
  upstreamLicences: string[];
  trainingData: string | null;
  derivativeShareBps: number;
  parameters: ParameterSchema;
  price: PriceDto | null;
  deployments: DeploymentDto[];
};
export type StudioModelDto = {
  slug: string;
  name: string;
  tagline: string;
  description: string;
  status: 'draft' | 'published' | 'paused' | 'retired';
  pausedBecause: string | null;
  versions: StudioVersionDto[];
};
export type StudioModelCardDto = {
  slug: string;
  name: string;
  status: StudioModelDto['status'];
  versionNumber: number;
  provider: string;
  runs: number;
};
export type NoticeDto = { id: string; kind: string; text: string; at: string; modelSlug: string | null };
/** What a test call found. */
export type EndpointTestDto =
  | { ok: true; ms: number; modelReported: string | null; signer: string | null }
  | { ok: false; fault: string; what: string };
