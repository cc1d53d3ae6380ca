import type { Hex } from 'viem';
import { type Manifest, manifestSchema, manifestText, versionDigest } from '@/lib/protocol/manifest';

/** `problem`: there was a text, and it is not the manifest of the version. */
export type FoundManifest = { manifest: Manifest | null; problem: string | null };

const OTHER = 'The manifest in the file is not that of the version in its receipt.';
const UNFORMED = 'The version’s manifest is not in the one form in which a manifest is written, so that others may read something else in it.';

/** The manifest of the record's version among what was found or given. One that two readers could read differently (a name twice, say) is none. */
export function manifestFor(version: Hex, texts: (string | null | undefined)[]): FoundManifest {
  const given = texts.filter((text) => typeof text === 'string');
  const text = given.find((candidate) => versionDigest(candidate) === version);
  if (text === undefined) return { manifest: null, problem: given.length > 0 ? OTHER : null };
  const manifest = parse(text);
  return { manifest, problem: manifest ? null : UNFORMED };
}

function parse(text: string): Manifest | null {
  try {
    const manifest = manifestSchema.parse(JSON.parse(text));
    return manifestText(manifest) === text ? manifest : null;
  } catch {
    return null;
  }
}
