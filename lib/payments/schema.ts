import { z } from 'zod';

/** Credit packs offered at the till, in whole credits. */
export const CREDIT_PACKS = [500, 2_000, 10_000] as const;

export const depositQuoteInput = z.object({ credits: z.number().int().min(100).max(1_000_000) });

export type DepositQuoteDto = {
  memo: `0x${string}`;
  till: `0x${string}`;
  chainId: number;
  amountWei: string;
  millicredits: string;
  /** US cents for one ETH, and where that rate comes from. */
  ethUsdCents: number;
  rateSource: string;
  expiresAt: string;
};

/** A till payment on its way: seen on the chain, then credited after the stated number of confirmations. */
export type DepositDto = {
  memo: string;
  txHash: string;
  state: 'seen' | 'credited' | 'reversed' | 'unclaimed';
  amountWei: string;
  millicredits: string | null;
  confirmations: number;
  confirmationsNeeded: number;
  at: string;
};
