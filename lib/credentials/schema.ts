import { z } from 'zod';

/** The serial as readers print it, and why: kept for good. Of a revocation everybody reads the reason. */
export const endLeafInput = z.object({ serial: z.string().regex(/^[1-9]\d{0,59}$/), because: z.string().trim().min(3).max(300) });

/** `by` null: nobody, its days were over. */
type Step = { at: string; by: string | null; because: string | null };
export type CertificateDto = { serial: string; role: 'root' | 'leaf'; madeAt: string; retired: Step | null; revoked: Step | null };
