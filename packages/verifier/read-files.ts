import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PromptOpening } from '../../lib/protocol/prompt';
import { UsageError } from './arguments';

const MAX_BYTES = 200 * 1024 * 1024;
const opening = z.object({ salt: z.string().regex(/^0x[0-9a-f]{32}$/), prompt: z.string() });

/** Throws UsageError where there is no such file. */
export function readBytes(path: string): Uint8Array {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (bytes.length > MAX_BYTES) throw new UsageError(`${path} has more than 200 MB`);
  return new Uint8Array(bytes);
}

/** Throws UsageError on anything but an opening. */
export function readOpening(path: string): PromptOpening {
  const text = new TextDecoder('utf-8').decode(readBytes(path));
  try {
    return opening.parse(JSON.parse(text)) as PromptOpening;
  } catch {
    throw new UsageError(`${path} is not a prompt's opening: JSON with "salt" (0x and 32 hex digits) and "prompt"`);
  }
}
