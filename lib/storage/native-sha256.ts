import { createHash } from 'node:crypto';
import type { Sha256 } from '@/lib/protocol/content';

/** Node's own sha-256: many times as fast as the portable one, which browsers use. */
export const nativeSha256: Sha256 = (parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
