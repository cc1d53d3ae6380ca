import { readChunks } from '@/lib/protocol/png-chunks';

/** C2PA's chunk of a PNG as it stands there, unchecked; null where there is none. What a child would carry of it. */
export function embeddedCredentials(png: Uint8Array): Uint8Array | null {
  return readChunks(png).find(({ type }) => type === 'caBX')?.data ?? null;
}
