import 'server-only';
import type { Database } from '@/lib/db';
import { askHouse } from '@/lib/provenance/ask-house';
import type { BeforeOpening } from '@/lib/provenance/opening-points';
import type { Upload } from '@/lib/provenance/read-upload';
import { digestsInput, type HouseAnswer } from '@/lib/provenance/schema';
import { findByFile, findWork } from './find-work';
import { parseLikeness } from './likeness-text';
import { findAlike } from './queries';
import { type Alike, type Answer, likenessInput } from './schema';

/** What was sent to be verified: a file, a receipt, or of a file that is checked elsewhere its digests or its likeness. */
export async function answerPost(db: Database, upload: Upload, beforeOpening?: BeforeOpening): Promise<Answer | Alike | HouseAnswer> {
  if (upload.kind === 'file') return findByFile(db, upload.bytes, beforeOpening);
  const digests = digestsInput.safeParse(upload.json);
  if (digests.success) return askHouse(db, digests.data.digests);
  const looks = likenessInput.safeParse(upload.json);
  if (looks.success) return { api: 1, resembles: await findAlike(db, parseLikeness(looks.data.likeness)) };
  return findWork(db, { kind: 'receipt', json: upload.json });
}
