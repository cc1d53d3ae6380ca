import { type Hex, numberToHex } from 'viem';
import type { FileCid } from '@/lib/protocol/cid';
import { renderMetadata, renderStep, tokenIdOf } from '@/lib/protocol/metadata';
import { encodeRecord, encodeStep } from '@/lib/protocol/record-bytes';
import { receiptOf, type WorkRecord } from '@/lib/protocol/work-record';

/** Which token a file is the image of. `shown` is its record in bytes, as the collection reads it; `metadata` the digest of its JSON. */
export type TokenOfFile =
  | { kind: 'first'; tokenId: Hex; metadata: Hex; shown: Hex }
  | { kind: 'step'; tokenId: Hex; metadata: Hex; shown: Hex; previous: Hex }
  | { kind: 'drop'; tokenId: Hex }
  | { kind: 'none'; why: string; refused: boolean };

/** Follows from the file alone. `refused`: with texts that no collection takes. */
export function tokenOfFile(record: WorkRecord, image: FileCid): TokenOfFile {
  const { base, label, traits, evolve, params, token, previous, batch } = record;
  if (batch) return { kind: 'drop', tokenId: numberToHex(batch.index, { size: 32 }) };
  if (label === undefined || traits === undefined) {
    return { kind: 'none', why: 'The file was sealed before it was given a title: it names no token.', refused: false };
  }
  const shown = { receipt: receiptOf(record), image, label, traits };
  try {
    if (token && previous) {
      const metadata = tokenIdOf(renderStep({ ...shown, base, token, previous }));
      return { kind: 'step', tokenId: token, metadata, shown: encodeStep(shown), previous };
    }
    const metadata = tokenIdOf(renderMetadata({ ...shown, base, evolve: evolve ?? '0x' }));
    return { kind: 'first', tokenId: metadata, metadata, shown: encodeRecord({ ...shown, params, evolve: evolve ?? '0x' }) };
  } catch (error) {
    return { kind: 'none', why: error instanceof Error ? error.message : String(error), refused: true };
  }
}
