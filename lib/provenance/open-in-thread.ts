import 'server-only';
import { threadPool } from '@/lib/thread-pool';
import type { FileTasks } from './file-thread';

/**
 * Opening a file of 40 megapixels takes a core for seconds, and a stranger can send one in 200 KB: it is done in threads of this process, and what it
 * answers everybody else does not wait for that.
 */
export const runOnFile = threadPool<FileTasks>('lib/provenance/file-thread.ts', 2);
