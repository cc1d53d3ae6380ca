import { z } from 'zod';
import { ProtocolError } from './protocol-error';

const hexText = (bytes: number) => z.string().regex(new RegExp(`^0x[0-9a-f]{${bytes * 2}}$`));

/** A prompt's opening as a file: what a verifier takes beside the work. The prompt is hashed as it stands, with nothing added or trimmed. */
export const openingFileSchema = z.strictObject({
  type: z.literal('intaglio-prompt-opening'),
  v: z.literal(1),
  /** 128 bits. */
  salt: hexText(16),
  prompt: z.string(),
  /** sha-256(salt ‖ prompt UTF-8), as the receipt has it. */
  promptHash: hexText(32),
  /** Digest of the receipt it belongs to. */
  receipt: hexText(32),
});
export type OpeningFile = z.infer<typeof openingFileSchema>;

/** Reads an opening's text. Whether it opens the receipt is to be checked. Throws ProtocolError on anything else. */
export function parseOpeningFile(text: string): OpeningFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProtocolError('the opening is not JSON');
  }
  const parsed = openingFileSchema.safeParse(value);
  if (!parsed.success) throw new ProtocolError(`the opening is not valid: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
