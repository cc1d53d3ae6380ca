import { z } from 'zod';
import { uuidInput } from '@/lib/uuid-input';

/** A work's id, or the address of its page. */
const workInput = z
  .string()
  .trim()
  .transform((text) => /([0-9a-fA-F-]{36})\/?(?:[?#].*)?$/.exec(text)?.[1] ?? text)
  .pipe(uuidInput);

/** The reason is shown to everyone. */
export const takeDownInput = z.object({ work: workInput, reason: z.string().trim().min(3).max(300) });
export type TakeDownInput = z.output<typeof takeDownInput>;
export const putBackInput = z.object({ workId: uuidInput });

/** A takedown as operators see it. `by`, `liftedBy`: their addresses. */
export type TakedownDto = {
  id: string;
  workId: string;
  reason: string;
  by: string;
  at: string;
  liftedBy: string | null;
  liftedAt: string | null;
  /** While it is down: a voucher given out before, with which it can still be minted. Below 0: over by our clock, and the chain's may be behind. */
  voucher: { until: string; leftMs: number } | null;
};
