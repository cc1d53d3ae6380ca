import { z } from 'zod';

export const uploadContentInput = z.string().regex(/^0x[0-9a-f]{64}$/);

/** A picture as its owner names it: `content` is what a run's parameters hold. */
export type UploadDto = { content: string; width: number; height: number };
