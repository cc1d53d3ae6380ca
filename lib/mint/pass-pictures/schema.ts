import { z } from 'zod';
import { uploadContentInput } from '@/lib/uploads/schema';
import { uuidInput } from '@/lib/uuid-input';

/** What a tier's picture is made from: one of one's own works, or a picture that was sent. */
export const passPictureInput = z.union([z.object({ work: uuidInput }), z.object({ upload: uploadContentInput })]);
export type PassPictureInput = z.output<typeof passPictureInput>;

/** The CID that goes on the chain with the tier. */
export type PassPictureDto = { cid: string };
