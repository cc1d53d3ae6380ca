import { join } from 'node:path';
import { env } from '@/lib/env';
import { localStorage } from './local-storage';
import type { RemovableStorage, Storage } from './types';

let opened: Storage | undefined;
/** The storage of the settings: a local folder now; S3 stands behind the same interface later. */
export function storage(): Storage {
  opened ??= localStorage(env.STORAGE_DIR);
  return opened;
}

/**
 * What one person uploaded. Apart from works, so that nothing which serves works by a digest can reach it; each person's apart, so that what is
 * removed was nobody else's, too.
 */
export function uploadStorage(ownerId: string): RemovableStorage {
  return localStorage(join(env.STORAGE_DIR, 'uploads', ownerId));
}
