import type { Actor } from '@/lib/actor';
import { revokeLeaf } from '@/lib/credentials/revoke-leaf';
import type { Database } from '@/lib/db';
import { PNG_SIGNATURE } from '@/lib/protocol/png-chunks';
import { storage } from '@/lib/storage/storage';

/** Once: the leaf that signed the next sealed file is revoked after the file was stored, and before a row names it. */
export function revokeMeanwhile(db: Database, operator: Actor): void {
  const store = storage();
  const { put } = store;
  store.put = async (bytes) => {
    const digest = await put(bytes);
    // Previews are stored at the same time.
    if (!PNG_SIGNATURE.every((byte, i) => bytes[i] === byte)) return digest;
    store.put = put;
    const leaf = await db.prisma.credentialCertificate.findFirstOrThrow({ where: { role: 'leaf', retiredAt: null } });
    await revokeLeaf(db, operator, { serial: leaf.serial, because: 'the key was copied' });
    return digest;
  };
}
