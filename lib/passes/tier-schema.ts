import { z } from 'zod';
import { MAX_LABEL_BYTES, utf8Length } from '@/lib/protocol/json-text';
import { uuidInput } from '@/lib/uuid-input';
import { accessRule, addressInput, passIdInput } from './schema';

const label = z
  .string()
  .trim()
  .min(1, 'Give it a name.')
  .refine((text) => utf8Length(text) <= MAX_LABEL_BYTES, `A name has at most ${MAX_LABEL_BYTES} bytes.`)
  .refine((text) => !/[\p{Cc}\p{Cs}"\\]/u.test(text), 'A name cannot hold quotes, backslashes or control characters.');
const wei = z.string().regex(/^\d{1,24}$/, 'is a whole number of wei');
const DAY = 86_400;
const tierId = z.number().int().min(1).max(32);

/** What a tier includes with us; what it costs and how long it lasts is the contract's. */
export const termsInput = z.object({
  includedRuns: z.number().int().min(0).max(1_000_000).default(0),
  periodSeconds: z
    .number()
    .int()
    .min(3600)
    .max(366 * DAY)
    .default(30 * DAY),
  ratePerMinute: z.number().int().min(1).max(100_000).nullable().default(null),
  earlyAccess: z.boolean().default(false),
  /** Models it opens; empty: all of the creator's. */
  models: z.array(uuidInput).max(100).default([]),
});
export type Terms = z.output<typeof termsInput>;

/** Of all this only price and openness change later, and the cap goes down (contracts/src/PassTypes.sol). */
export const tierInput = z
  .object({
    label,
    priceWei: wei,
    /** 0: its passes never expire. */
    durationSeconds: z.number().int().min(0).max(4_294_967_295),
    refundWindowSeconds: z
      .number()
      .int()
      .min(0)
      .max(14 * DAY)
      .default(0),
    cap: z.number().int().min(1).max(16_777_215),
    transferable: z.boolean().default(true),
    open: z.boolean().default(true),
    imageCid: z.string().max(100),
    terms: termsInput,
  })
  .refine((tier) => tier.durationSeconds === 0 || tier.refundWindowSeconds <= tier.durationSeconds, 'A pass cannot be given back after it ended.');

export const tiersInput = z.object({
  /** Of the collection; it is fixed with the first tier. */
  name: label,
  royaltyBps: z.number().int().min(0).max(1000).default(500),
  tiers: z.array(tierInput).min(1).max(8),
});
export const saleInput = z.object({ tierId, priceWei: wei, open: z.boolean() });
export const capInput = z.object({ tierId, cap: z.number().int().min(1).max(16_777_215) });
export const setTermsInput = z.object({ tierId, terms: termsInput });

export const buyInput = z.object({
  collection: addressInput,
  tierId,
  /** A gift, where it is not the buyer. */
  to: addressInput.nullable().default(null),
});
export const renewInput = z.object({ passId: passIdInput, times: z.number().int().min(1).max(100).default(1) });
export const passRef = z.object({ passId: passIdInput });
export const giveInput = passRef.extend({ to: addressInput });

export const setAccessInput = z.object({ modelId: uuidInput, rule: accessRule, earlyUntil: z.iso.datetime().nullable().default(null) });

const listName = z.string().trim().min(1).max(80);
export const newAllowlistInput = z.object({ name: listName });
export const allowlistRef = z.object({ allowlistId: uuidInput });
export const editAllowlistInput = allowlistRef.extend({
  add: z.array(addressInput).max(1000).default([]),
  remove: z.array(addressInput).max(1000).default([]),
});

export type TierDto = {
  chainId: number;
  collection: string;
  tierId: number;
  label: string;
  priceWei: string;
  durationSeconds: number;
  refundWindowSeconds: number;
  cap: number;
  sold: number;
  left: number;
  transferable: boolean;
  open: boolean;
  imageCid: string;
  terms: Terms;
};
export type PassDto = {
  passId: string;
  tier: TierDto;
  number: number;
  holder: string;
  /** Null: never. In the past where it was cancelled. */
  expiresAt: string | null;
  boughtAt: string;
  refundableUntil: string | null;
  isRefunded: boolean;
};
export type AccessDto = { isPublic: boolean; ways: string[]; earlyUntil: string | null };
export type AllowlistDto = { id: string; name: string; count: number };
