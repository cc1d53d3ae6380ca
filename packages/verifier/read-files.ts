import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PromptOpening } from '../../lib/protocol/prompt';
import { UsageError } from './arguments';

const MAX_BYTES = 200 * 1024 * 1024;
/** As /.well-known/intaglio-content-credentials-revoked.json has it. */
const revokedList = z.object({ revoked: z.array(z.object({ serial: z.string().min(1) })) });
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

/** Numbers of revoked certificates. Throws UsageError on anything but the published list: to go on without it would be to trust them. */
export function readRevoked(path: string): string[] {
  const text = new TextDecoder('utf-8').decode(readBytes(path));
  try {
    return revokedList.parse(JSON.parse(text)).revoked.map(({ serial }) => serial);
  } catch {
    throw new UsageError(`${path} is not a list of revoked certificates: JSON with "revoked", and a "serial" in each`);
  }
}
