import { z } from 'zod';

/** Basis points off from so many pictures of one order on. */
export const discountsSchema = z.array(z.strictObject({ from: z.number().int().min(2).max(1000), bps: z.number().int().min(1).max(9_000) })).max(5);
