import type { Hex } from 'viem';
import { cidText, RAW } from '@/lib/protocol/cid';

/** A manifest's text by the raw CID that its version is. Null where this house does not have it. Rejects where nobody answers. */
export async function loadManifest(version: Hex, signal: AbortSignal): Promise<string | null> {
  const answer = await fetch(`/ipfs/${cidText({ codec: RAW, digest: version })}`, { signal });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}
