import { z } from 'zod';
import { uuidInput } from '@/lib/uuid-input';

const MOST_NODES = 32;
const MOST_DEPTH = 4;

/** Lowercase from here on. */
export const addressInput = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'is an address')
  .transform((value) => value.toLowerCase() as `0x${string}`);
const LARGEST = 2n ** 256n - 1n;
const uint256 = z
  .string()
  .regex(/^(0|[1-9]\d{0,77})$/, 'is a whole number')
  .refine((value) => !/^\d{1,78}$/.test(value) || BigInt(value) <= LARGEST, 'is no number of the chain');

/** A pass everywhere outside the chain, and the owner of its runs in the ledger: `chainId:collection:tokenId`. */
export const passIdInput = z
  .string()
  .regex(/^[1-9]\d{0,9}:0x[0-9a-fA-F]{40}:[1-9]\d{0,17}$/, 'is not a pass')
  .toLowerCase();

const holding = z
  .object({
    kind: z.literal('holding'),
    chainId: z.number().int().positive(),
    contract: addressInput,
    standard: z.enum(['erc721', 'erc1155']),
    /** Of ERC-721: this very token. Needed for ERC-1155. */
    tokenId: uint256.nullable().default(null),
    minimum: uint256.default('1').refine((value) => value !== '0', 'is at least 1'),
  })
  .refine(({ standard, tokenId }) => standard === 'erc721' || tokenId !== null, 'An ERC-1155 token needs its number.');

export type AccessRule =
  | { kind: 'public' }
  /** A pass of the model's creator; `tiers` left out: of any tier that opens the model. */
  | { kind: 'pass'; tiers?: number[] }
  | z.output<typeof holding>
  | { kind: 'allowlist'; id: string }
  | { kind: 'any' | 'all'; of: AccessRule[] };

const node: z.ZodType<AccessRule> = z.lazy(() =>
  z.union([
    z.object({ kind: z.literal('public') }),
    z.object({ kind: z.literal('pass'), tiers: z.array(z.number().int().min(1).max(32)).min(1).max(32).optional() }),
    holding,
    z.object({ kind: z.literal('allowlist'), id: uuidInput }),
    z.object({ kind: z.enum(['any', 'all']), of: z.array(node).min(1).max(8) }),
  ]),
);

/** Counted before it is read, and never deeper than it may be. */
function size(value: unknown, depth = 1): number {
  if (depth > MOST_DEPTH) return MOST_NODES + 1;
  const of = typeof value === 'object' && value !== null && 'of' in value ? value.of : undefined;
  return Array.isArray(of) ? of.reduce<number>((sum, one) => Math.min(sum + size(one, depth + 1), MOST_NODES + 1), 1) : 1;
}

export const accessRule = z
  .unknown()
  .refine((value) => size(value) <= MOST_NODES, `A rule has at most ${MOST_NODES} parts, ${MOST_DEPTH} deep.`)
  .pipe(node);

/** What a pass gives for one call. Its runs belong to (passId, period). */
export type PassGrant = {
  passId: string;
  tierId: number;
  tierLabel: string;
  includedRuns: number;
  periodSeconds: number;
  /** Counted from the purchase, from 0. */
  period: number;
  periodEndsAt: Date;
  ratePerMinute: number | null;
  /** Null: never. */
  expiresAt: Date | null;
  /** The purchase is deep enough in the chain for its runs to be opened. */
  isSafe: boolean;
};

export type AccessDenial = 'pass_required' | 'pass_expired' | 'pass_moved' | 'pass_frozen';

/** `trial`: let in for a free trial run alone. `missing`: what would let them in, in plain words; any line is enough. */
export type Access =
  | { allowed: true; pass: PassGrant | null; needsRun: 'none' | 'trial' }
  | { allowed: false; code: AccessDenial; missing: string[] };
