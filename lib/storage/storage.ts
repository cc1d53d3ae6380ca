import { env } from '@/lib/env';
import { localStorage } from './local-storage';
import type { Storage } from './types';

let opened: Storage | undefined;
/** The storage of the settings: a local folder now; S3 stands behind the same interface later. */
export function storage(): Storage {
  opened ??= localStorage(env.STORAGE_DIR);
  return opened;
}
