import type { Hex } from 'viem';
import { z } from 'zod';
import type { PromptOpening } from '@/lib/protocol/prompt';

/** Salt and prompt, with whatever else the file says: whether they open the receipt is decided by its hash alone. */
const openingSchema = z.object({ salt: z.string().regex(/^0x[0-9a-f]{32}$/), prompt: z.string() });

/** Reads an opening as its holder has it: the file that the work's page gives, or `{"salt","prompt"}`. Null where it is neither. */
export function readOpening(text: string): PromptOpening | null {
  try {
    const { salt, prompt } = openingSchema.parse(JSON.parse(text));
    return { salt: salt as Hex, prompt };
  } catch {
    return null;
  }
}
