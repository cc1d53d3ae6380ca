import type { Hex } from 'viem';
import type { ReRunRecord } from '@/lib/provenance/re-run/plan-re-run';
import type { WorkDto } from '@/lib/works/schema';

/** How a work was made, as its page knows it. */
export function recordOfWork({ body, paramsText, versionDigest, seed, digests }: WorkDto): ReRunRecord {
  const { content, paramsHash, promptHash, parent } = digests as Record<keyof WorkDto['digests'], Hex>;
  return { kind: body.kind, params: paramsText, receipt: { version: versionDigest as Hex, seed, content, paramsHash, promptHash, parent } };
}
