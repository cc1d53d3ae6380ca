import { z } from 'zod';
import type { Finality } from '@/lib/chain/finality';

/** Credit packs offered at the till, in whole credits. */
export const CREDIT_PACKS = [500, 2_000, 10_000] as const;

/** What the till takes for credits; `other` is a token that came in without being sold for. */
export type DepositAsset = 'eth' | 'usdc' | 'other';

export const depositQuoteInput = z.object({
  credits: z.number().int().min(100).max(1_000_000),
  asset: z.enum(['eth', 'usdc']).default('eth'),
});

/** Names one payment, as the chain has it. */
export const depositKey = z.object({
  chainId: z.number().int().positive(),
  blockHash: z.string().regex(/^0x[0-9a-f]{64}$/),
  txHash: z.string().regex(/^0x[0-9a-f]{64}$/),
  ordinal: z.number().int().min(0),
});
export type DepositKey = z.infer<typeof depositKey>;

export type DepositQuoteDto = {
  memo: `0x${string}`;
  till: `0x${string}`;
  chainId: number;
  asset: 'eth' | 'usdc';
  /** Address of USDC; null for ETH. */
  token: `0x${string}` | null;
  /** Wei, or base units of USDC. */
  amount: string;
  millicredits: string;
  /** Where the rate comes from, in words, and since when it is so. US cents for one ETH; null for USDC, which is at par. */
  rate: { ethUsdCents: number | null; source: string; at: string };
  expiresAt: string;
};

/** A payment that no rule gave to anybody, for operators. */
export type UnclaimedDepositDto = Pick<DepositDto, 'state' | 'asset' | 'token' | 'amount' | 'unclaimedBecause' | 'finality' | 'at'> & {
  key: DepositKey;
  payer: string;
};

export type UnclaimedPage = { deposits: UnclaimedDepositDto[]; nextCursor: string | null };

/** A till payment on its way: seen on the chain, then credited after the stated number of confirmations. */
export type DepositDto = {
  memo: string;
  txHash: string;
  state: 'seen' | 'credited' | 'reversed' | 'unclaimed' | 'refunding' | 'refunded';
  asset: DepositAsset;
  /** Lowercase address; null for ETH. */
  token: string | null;
  /** Wei, or base units of the token. */
  amount: string;
  /** Null while ETH has no price, and for what no rule prices. */
  millicredits: string | null;
  unclaimedBecause: 'unknown_payer' | 'unknown_token' | 'too_large' | null;
  finality: Finality;
  confirmations: number;
  confirmationsNeeded: number;
  at: string;
};
