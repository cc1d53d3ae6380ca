import { z } from 'zod';
import type { VerifyReport } from '@/lib/provenance/schema';

/** How alike two pictures are. In thousandths: 0 is the same but for brightness and contrast. */
const closeness = z.enum(['nearly identical', 'similar']);

/** A public work that a picture looks like. Never a proof: pictures can look alike by chance, or on purpose. */
export const resemblanceSchema = z.object({
  id: z.string(),
  title: z.string(),
  model: z.string(),
  page: z.string().meta({ description: 'Path of the work’s page on this server.' }),
  previewSrc: z.string().meta({ description: 'Path of a small picture of it on this server.' }),
  closeness,
  difference: z.number().int().min(0).meta({ description: 'In thousandths: 0 is the same picture but for brightness and contrast.' }),
});
export type Resemblance = z.infer<typeof resemblanceSchema>;

const rowSchema = z.object({
  id: z.string().meta({ description: 'Which link of the chain from file to token. More may be added.' }),
  checked: z.string().meta({ description: 'What was looked at, as a statement that may hold.' }),
  repeatable: z.string().meta({ description: 'By whom the check can be repeated, and with what.' }),
  result: z.enum(['ok', 'failed', 'not_checked']),
  meaning: z.string().meta({ description: 'What that says, in plain words.' }),
  detail: z.string().meta({ description: 'What was found, with the values compared.' }),
});

const addressSchema = z.object({
  cid: z.string().meta({ description: 'What it is, for any IPFS gateway that has it: ours serves what is minted.' }),
  src: z.string().meta({ description: 'Its path on this server.' }),
});

const workSchema = z.object({
  id: z.string(),
  title: z.string(),
  sameReceipt: z.boolean().meta({
    description: 'Whether it is the work of the receipt that was found. False: it has the same content, and is not what was asked about.',
  }),
  previewSrc: z.string().nullable().meta({ description: 'Path of a small picture of it on this server.' }),
  preview: addressSchema.nullable().meta({ description: 'The picture as pages show it (WebP). Null where the work was taken down.' }),
  image: addressSchema.nullable().meta({
    description: 'The full, sealed file that its token names (PNG). Null until it is minted, and where the work was taken down.',
  }),
});

/** What /api/v1/verify answers. Fields may be added; none is taken away or changes its meaning before /api/v2. */
export const answerSchema = z.object({
  api: z.literal(1),
  asked: z.enum(['file', 'token', 'cid', 'receipt', 'receiptDigest', 'content', 'digest']),
  verdict: z.enum(['verified', 'broken', 'unknown']),
  summary: z.string(),
  rows: z.array(rowSchema),
  text: z.string().nullable().meta({ description: 'Of a work of kind text whose text is the one signed: that text.' }),
  work: workSchema.nullable().meta({
    description: 'The public work of the receipt that was found, else the oldest with exactly this content. Private works are never named.',
  }),
  tokens: z.array(z.object({ chainId: z.number().int(), collection: z.string(), tokenId: z.string(), owner: z.string() })),
  resembles: z.array(resemblanceSchema).meta({
    description: 'Only for a file in which nothing exact was found: public works that look like it, nearest first. A likeness, not a proof.',
  }),
});
export type Answer = VerifyReport & Pick<z.infer<typeof answerSchema>, 'api' | 'asked' | 'resembles'>;

/** What a picture looks like, as a browser or a program has read it: the picture itself is not sent. */
export const likenessInput = z.object({
  likeness: z
    .strictObject({
      hash: z
        .string()
        .regex(/^0x[0-7][0-9a-f]{15}$/)
        .meta({ description: '63 bits.' }),
      form: z
        .string()
        .regex(/^[0-9a-f]{512}$/)
        .meta({ description: '256 signed bytes.' }),
    })
    .meta({ description: 'As lib/likeness/read-likeness.ts reads it of a picture.' }),
});

/** The answer to a likeness alone. */
export const alikeSchema = answerSchema.pick({ api: true, resembles: true });
export type Alike = z.infer<typeof alikeSchema>;

/** A later work that looks like an earlier one of yours. */
export type CopyDto = {
  original: { id: string; title: string; previewSrc: string };
  copy: { id: string; title: string; modelName: string; previewSrc: string; madeAt: string };
  closeness: z.infer<typeof closeness>;
  /** The copy's own receipt names the original as its parent. */
  isDeclared: boolean;
};
